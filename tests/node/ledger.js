import assert from "node:assert/strict";

/** Fails unless these statuses were asked for, in this order, retries included. */
export function assertLedger(server, ...statusTypes) {
  assert.deepEqual(
    server.requests.map(({ statusType }) => statusType),
    statusTypes,
  );
}

/** Fails unless the connection of one request was closed when the next one came. */
export function assertClosedBefore(earlier, later) {
  // The server learns of a closed socket a moment after the client has closed it.
  const noticeMs = 20;
  assert.ok(earlier.socketClosedAt !== undefined, "the socket is still open");
  const lateMs = earlier.socketClosedAt - later.at;
  assert.ok(lateMs <= noticeMs, `closed ${lateMs} ms after the next request`);
}
