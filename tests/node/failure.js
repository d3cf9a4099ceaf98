import assert from "node:assert/strict";

import { StatusError } from "./package.js";
import { TOKEN } from "./sample.js";
import { assertNoToken } from "./secrets.js";

/** What a promise rejects with. */
export async function reasonOf(promise) {
  let value;
  try {
    value = await promise;
  } catch (reason) {
    return reason;
  }
  assert.fail(`resolved with ${JSON.stringify(value)}`);
}

/** The same, of a promise that is rejected before the event loop turns: no timer and no socket has a part in it. */
export async function reasonAtOnce(promise) {
  let hasTurned = false;
  setImmediate(() => (hasTurned = true));
  const reason = await reasonOf(promise);
  assert.ok(!hasTurned, "it took a turn of the event loop");
  return reason;
}

/** The StatusError that a promise rejects with, the expected fields checked, and that it holds no token. */
export async function failureOf(promise, expected, token = TOKEN) {
  assert.ok(promise instanceof Promise, "a method that sends returns a promise");
  return checked(await reasonOf(promise), expected, token);
}

/** The StatusError that a function throws. */
export function thrownBy(action, expected, token = TOKEN) {
  let value;
  try {
    value = action();
  } catch (error) {
    return checked(error, expected, token);
  }
  assert.fail(`returned ${JSON.stringify(value)}`);
}

/** The error of one row of a bulk call, or of anything else that hands errors out. */
export function checked(error, expected, token = TOKEN) {
  assertNoToken(error, token);
  assert.ok(error instanceof StatusError, `${error} is no StatusError`);
  assert.ok(error instanceof Error);
  assert.equal(error.name, "StatusError");
  const actual = Object.fromEntries(Object.keys(expected).map((name) => [name, error[name]]));
  assert.deepEqual(actual, expected, error.message);
  return error;
}

/** Fails unless the error's text (its hint included) has each of these in it. */
export function assertSays(error, ...fragments) {
  const text = `${error.message}\n${error.hint ?? ""}`;
  for (const fragment of fragments) {
    if (fragment instanceof RegExp) assert.match(text, fragment);
    else assert.ok(text.includes(fragment), `${JSON.stringify(fragment)} is not in: ${text}`);
  }
}
