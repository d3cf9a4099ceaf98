import { SOURCE, TOKEN } from "../node/sample.js";

/** The time limit of tests in which a client must not wait for ever. Nothing else takes as long. */
export const SETTLES = { timeout: 20_000 };

/** A valid change. */
export const change = { sourceId: SOURCE, statusType: "IDLE" };

/** Throws, as a member that breaks when it is used. The message has a token, which no log may show. */
export function broken() {
  throw new RangeError(`the vault said ${TOKEN}`);
}

/** The methods that take options, each in a call that succeeds. */
export const uses = {
  setStatus: (client, options) => client.setStatus(SOURCE, "IDLE", options),
  setStatuses: (client, options) => client.setStatuses([change], options),
  runActivity: (client, options) =>
    client.runActivity(SOURCE, "REBUILD", () => {}, { ...options, gracePeriodMs: 0 }),
  startActivity: async (client, options) => (await client.startActivity(SOURCE, "REBUILD", options)).end(),
};
