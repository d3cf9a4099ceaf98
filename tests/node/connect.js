import { StatusClient } from "./package.js";
import { ORGANIZATION, TOKEN } from "./sample.js";

/** Retries with short delays. */
const BASE_DELAY_MS = 10;

/**
 * Makes a client of one server, and frees it after the test.
 *
 * @param {import("node:test").TestContext} t
 * @param {{ endpoint: string }} server
 * @param {object} [options] options that differ from the sample's
 */
export function connect(t, server, options = {}) {
  const client = new StatusClient({
    organizationId: ORGANIZATION,
    accessToken: TOKEN,
    endpoint: server.endpoint,
    ...options,
    retry: { baseDelayMs: BASE_DELAY_MS, ...options.retry },
  });
  t.after(() => client.free());
  return client;
}
