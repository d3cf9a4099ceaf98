import assert from "node:assert/strict";

import { reply } from "../faults/steps.js";

/** A timer may fire up to a millisecond early. */
export const TIMER_MS = 1;

export const HOUR_MS = 3_600_000;

/** What a busy machine may add to a wait. Well below what a wrong wait would add. */
export const BUSY_MS = 200;

/** 429 with a Retry-After, or several. */
export function throttled(retryAfter, headers = {}) {
  return reply({ status: 429, headers: { "retry-after": retryAfter, ...headers } });
}

/** Fails unless the second request came when it was asked to: never earlier, and later by a tenth at most. */
export function assertGap(server, askedMs) {
  const gap = server.gap(1, 2);
  assert.ok(gap >= askedMs - TIMER_MS, `${gap} ms, where ${askedMs} were asked for`);
  assert.ok(gap <= askedMs * 1.1 + 3 * BUSY_MS, `${gap} ms, where ${askedMs} were asked for`);
}

/** For `onEvent`, with a promise of the first event of a type: of what the client knows, not only the server. */
export function watchFor(type) {
  let onEvent;
  const seen = new Promise((resolve) => {
    onEvent = (event) => event.type === type && resolve(event);
  });
  return { onEvent, seen };
}
