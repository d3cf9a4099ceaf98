import assert from "node:assert/strict";

import { setImmediate } from "node:timers/promises";

import { reply } from "../faults/steps.js";

/** A timer may fire up to a millisecond early. */
export const TIMER_MS = 1;

export const HOUR_MS = 3_600_000;

/** How long an attempt may take where a client is not told otherwise. */
export const ATTEMPT_MS = 10_000;

/** How long what is not wanted any more may keep its connection. */
export const RELEASE_MS = 1000;

/** No time of a test comes near to it, on whatever machine: what waits for it, waits for ever. */
export const NEVER_MS = HOUR_MS;

/** 429 with a Retry-After, or several. */
export function throttled(retryAfter, headers = {}) {
  return reply({ status: 429, headers: { "retry-after": retryAfter, ...headers } });
}

/** An answer that is held back until a promise resolves, which is asked for when the request has come. */
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

/** Resolves once a condition holds, at the latest after some turns of the event loop: enough for sockets, and no time. */
export async function soon(condition) {
  for (let turn = 0; turn < 200 && !condition(); turn += 1) await setImmediate();
}

/** For `onEvent`: what a client waits for between two attempts passes at once. */
export function passing(clock) {
  return async ({ type, delayMs }) => {
    if (type !== "retry") return;
    await setImmediate();
    clock.pass(delayMs);
  };
}

/** For `onEvent`, and the waits that the client meant to make before its further attempts, in order. */
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

/** Fails unless the client meant to wait as long as it was asked to, or a tenth longer at most, and did. */
export function assertWait(server, [delayMs], askedMs) {
  assert.ok(delayMs <= askedMs * 1.1, `${delayMs} ms, where ${askedMs} were asked for`);
  assertGap(server, 1, askedMs);
}

/** Fails unless so much time was between a request (from 1) and the next. */
export function assertGap(server, n, leastMs) {
  const gap = server.gap(n, n + 1);
  assert.ok(gap >= leastMs - TIMER_MS, `${gap} ms, where ${leastMs} are the least`);
}

/** For `onEvent`, with a promise of the first event of a type: of what the client knows, not only the server. */
export function watchFor(type) {
  let onEvent;
  const seen = new Promise((resolve) => {
    onEvent = (event) => event.type === type && resolve(event);
  });
  return { onEvent, seen };
}
