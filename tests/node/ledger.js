import assert from "node:assert/strict";

/** Fails unless these statuses were asked for, in this order, retries included. */
export function assertLedger(server, ...statusTypes) {
  assert.deepEqual(
    server.requests.map(({ statusType }) => statusType),
    statusTypes,
  );
}
