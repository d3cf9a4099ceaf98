import assert from "node:assert/strict";

import { setImmediate } from "node:timers/promises";

import { reply } from "../faults/steps.js";

/** A timer may fire up to a millisecond early. */
export const TIMER_MS = 1;

export const HOUR_MS = 3_600_000;

/** The default time for an attempt. */
export const ATTEMPT_MS = 10_000;

/** How long an attempt may keep its connection after its call has settled. */
export const RELEASE_MS = 1000;

/** Longer than any test, on any machine. */
export const NEVER_MS = HOUR_MS;

/** 429 with one or several `Retry-After`. */
export function throttled(retryAfter, headers = {}) {
  return reply({ status: 429, headers: { "retry-after": retryAfter, ...headers } });
}

/** An answer that waits for a promise. `released` is called when the request has come, and returns the promise. */
export function heldUntil(released, step) {
  return {
    name: `${step.name}, held back`,
    play: async (exchange) => {
      await released();
      await step.play(exchange);
    },
  };
}

/**
 * An answer that fails the test unless the connection of an earlier request was closed before this one came. The server
 * learns of it a few turns of the event loop later.
 */
export function afterEndOf(earlier, step) {
  return {
    name: `${step.name}, behind the end of an earlier one`,
    play: async (exchange) => {
      for (let turn = 0; turn < 10; turn += 1) await setImmediate();
      assert.ok(earlier().socketClosedAt !== undefined, "the socket of the earlier one is still open");
      await step.play(exchange);
    },
  };
}

/** Resolves when a condition holds, or after some turns of the event loop: enough for sockets, and no fixed time. */
export async function soon(condition) {
  for (let turn = 0; turn < 200 && !condition(); turn += 1) await setImmediate();
}

/** For `onEvent`: lets the delay between two attempts pass at once. */
export function passing(clock) {
  return async ({ type, delayMs }) => {
    if (type !== "retry") return;
    await setImmediate();
    clock.pass(delayMs);
  };
}

/** Returns an `onEvent`, and the delays that the client announces before further attempts. */
export function recordDelays() {
  const delays = [];
  let onEvent;
  const seen = new Promise((resolve) => {
    onEvent = ({ type, delayMs }) => {
      if (type !== "retry") return;
      delays.push(delayMs);
      resolve();
    };
  });
  return { delays, onEvent, seen };
}

/** Fails unless the client announced the requested delay, or up to a tenth more, and kept it. */
export function assertWait(server, [delayMs], askedMs) {
  assert.ok(delayMs <= askedMs * 1.1, `${delayMs} ms, where ${askedMs} were asked for`);
  assertGap(server, 1, askedMs);
}

/** Fails unless this much time was between a request (counted from 1) and the next. */
export function assertGap(server, n, leastMs) {
  const gap = server.gap(n, n + 1);
  assert.ok(gap >= leastMs - TIMER_MS, `${gap} ms, where ${leastMs} are the least`);
}

/** Returns an `onEvent`, and a promise of the first event of a type. Then the client knows, not only the server. */
export function watchFor(type) {
  let onEvent;
  const seen = new Promise((resolve) => {
    onEvent = (event) => event.type === type && resolve(event);
  });
  return { onEvent, seen };
}
