import assert from "node:assert/strict";

/** Fails unless the requests were for these statuses, in this order, retries included. */
export function assertLedger(server, ...statusTypes) {
  assert.deepEqual(
    server.requests.map(({ statusType }) => statusType),
    statusTypes,
  );
}
