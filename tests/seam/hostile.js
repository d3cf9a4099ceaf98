import { SOURCE, TOKEN } from "../node/sample.js";

/** For a test of a client that must not wait for ever: nothing else takes as long. */
export const SETTLES = { timeout: 20_000 };

/** A change that is as it should be. */
export const change = { sourceId: SOURCE, statusType: "IDLE" };

/** What hangs on values that break when they are used. What it throws has no place in anybody's log. */
export function broken() {
  throw new RangeError(`the vault said ${TOKEN}`);
}

/** Each method that takes options, in a call that goes well. */
export const uses = {
  setStatus: (client, options) => client.setStatus(SOURCE, "IDLE", options),
  setStatuses: (client, options) => client.setStatuses([change], options),
  runActivity: (client, options) =>
    client.runActivity(SOURCE, "REBUILD", () => {}, { ...options, gracePeriodMs: 0 }),
  startActivity: async (client, options) => (await client.startActivity(SOURCE, "REBUILD", options)).end(),
};
