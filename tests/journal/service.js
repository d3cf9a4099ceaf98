import { startEmulator } from "push-source-status/emulator";
import { StatusClient } from "../node/package.js";
import { ORGANIZATION, TOKEN } from "../node/sample.js";
import { soon } from "../node/waits.js";

/** Starts a stand-in for the service for one test, with its clients. */
export async function startService(t, options) {
  const emulator = await startEmulator(options);
  t.after(() => emulator.close());
  return { emulator, client: (more) => clientOf(emulator.endpoint, more) };
}

/** Makes a client without delays. */
export function clientOf(endpoint, more) {
  return new StatusClient({
    organizationId: ORGANIZATION,
    accessToken: TOKEN,
    endpoint,
    retry: { attempts: 2, baseDelayMs: 1 },
    ...more,
  });
}

/** Describes each line of a source's log. */
export function logOf(emulator, sourceId) {
  return emulator.activities(sourceId).map(({ statusType, state }) => `${statusType} ${state}`);
}

/** Resolves when all requests of an ended process have arrived: they may still be in the buffers of this machine. */
export async function arrived(emulator) {
  for (let turn = 0; turn < 3; turn += 1) {
    const connection = { headers: { connection: "close" } };
    await (await fetch(emulator.endpoint, connection)).arrayBuffer();
  }
  await soon(() => false);
}
