import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

/** Makes a promise that can be settled from outside. */
export function deferred() {
  let settle;
  const promise = new Promise((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle };
}

/** Work that a test controls: it shows when it has begun, and ends on request. */
export function heldWork() {
  const [begun, end] = [deferred(), deferred()];
  const work = (context) => {
    begun.resolve(context);
    return end.promise;
  };
  return { work, begun: begun.promise, end: end.resolve, fail: end.reject };
}

/** Work that stops when its signal is aborted, as it should. */
export async function obedientWork({ signal }) {
  await sleep(60_000, undefined, { signal });
}

/** Work that nothing stops. */
export function deafWork() {
  return new Promise(() => {});
}

/** Work that must not start. */
export function forbiddenWork() {
  assert.fail("the work started");
}

/** Values that can be thrown: any JavaScript value, also an empty one. */
export const thrown = {
  undefined,
  null: null,
  false: false,
  0: 0,
  NaN: Number.NaN,
  "the empty text": "",
  "a text": "no disk left",
  "a bigint": 10n,
  "a symbol": Symbol("a symbol"),
  "a frozen object": Object.freeze({ frozen: true }),
  "an object without a prototype": Object.create(null),
  "a function": () => {},
  "an Error": new Error("no disk left"),
};
