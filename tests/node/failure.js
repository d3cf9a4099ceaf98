import assert from "node:assert/strict";

import { StatusError } from "./package.js";
import { TOKEN } from "./sample.js";
import { assertNoToken } from "./secrets.js";

/** Returns the reason with which a promise rejects. */
export async function reasonOf(promise) {
  let value;
  try {
    value = await promise;
  } catch (reason) {
    return reason;
  }
  assert.fail(`resolved with ${JSON.stringify(value)}`);
}

/** The same for a promise that rejects in this turn of the event loop, without a timer or a socket. */
export async function reasonAtOnce(promise) {
  let hasTurned = false;
  setImmediate(() => (hasTurned = true));
  const reason = await reasonOf(promise);
  assert.ok(!hasTurned, "it took a turn of the event loop");
  return reason;
}

/** Returns the StatusError with which a promise rejects. Checks the expected members, and that it holds no token. */
export async function failureOf(promise, expected, token = TOKEN) {
  assert.ok(promise instanceof Promise, "a method that sends returns a promise");
  return checked(await reasonOf(promise), expected, token);
}

/** Returns the StatusError that a function throws, with the same checks. */
export function thrownBy(action, expected, token = TOKEN) {
  let value;
  try {
    value = action();
  } catch (error) {
    return checked(error, expected, token);
  }
  assert.fail(`returned ${JSON.stringify(value)}`);
}

/** Checks a StatusError, for example of one row of a bulk call. */
export function checked(error, expected, token = TOKEN) {
  assertNoToken(error, token);
  assert.ok(error instanceof StatusError, `${error} is no StatusError`);
  assert.ok(error instanceof Error);
  assert.equal(error.name, "StatusError");
  const actual = Object.fromEntries(Object.keys(expected).map((name) => [name, error[name]]));
  assert.deepEqual(actual, expected, error.message);
  return error;
}

/** Fails unless the text of the error, hint included, matches each of these. */
export function assertSays(error, ...fragments) {
  const text = `${error.message}\n${error.hint ?? ""}`;
  for (const fragment of fragments) {
    if (fragment instanceof RegExp) assert.match(text, fragment);
    else assert.ok(text.includes(fragment), `${JSON.stringify(fragment)} is not in: ${text}`);
  }
}
