import { StatusClient } from "./package.js";
import { ORGANIZATION, TOKEN } from "./sample.js";

/** Retries without the waits of real life. */
const BASE_DELAY_MS = 10;

/**
 * A client of one server, freed when the test is over.
 *
 * @param {import("node:test").TestContext} t
 * @param {{ endpoint: string }} server
 * @param {object} [options] the client's options, where they differ from the sample's
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
