import { startEmulator } from "push-source-status/emulator";
import { StatusClient } from "../node/package.js";
import { ORGANIZATION, TOKEN } from "../node/sample.js";
import { soon } from "../node/waits.js";

/** A stand-in for the service for as long as a test lasts, and the clients of it. */
export async function startService(t, options) {
  const emulator = await startEmulator(options);
  t.after(() => emulator.close());
  return { emulator, client: (more) => clientOf(emulator.endpoint, more) };
}

/** A client that waits for nothing. */
export function clientOf(endpoint, more) {
  return new StatusClient({
    organizationId: ORGANIZATION,
    accessToken: TOKEN,
    endpoint,
    retry: { attempts: 2, baseDelayMs: 1 },
    ...more,
  });
}

/** Each line of a source's log in words. */
export function logOf(emulator, sourceId) {
  return emulator.activities(sourceId).map(({ statusType, state }) => `${statusType} ${state}`);
}

/** Resolves when what a process had sent before its end has arrived: it lies in this machine's buffers until then. */
export async function arrived(emulator) {
  for (let turn = 0; turn < 3; turn += 1) {
    const connection = { headers: { connection: "close" } };
    await (await fetch(emulator.endpoint, connection)).arrayBuffer();
  }
  await soon(() => false);
}
