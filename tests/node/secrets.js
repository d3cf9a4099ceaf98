import assert from "node:assert/strict";
import { inspect } from "node:util";

const EVERYTHING = {
  depth: Number.POSITIVE_INFINITY,
  showHidden: true,
  getters: true,
  maxArrayLength: null,
  maxStringLength: null,
  breakLength: Number.POSITIVE_INFINITY,
};

/** Fails if the token can be found in a value: printed, as JSON, or in anything that is reachable from it. */
export function assertNoToken(value, token) {
  assert.ok(token.length >= 6, "a shorter text could be anywhere by chance");
  for (const text of textsOf(value)) {
    // The text is not in the message: other people read test logs.
    assert.ok(!text.includes(token), `the token is in a text of ${text.length} characters`);
  }
}

function* textsOf(value) {
  yield inspect(value, EVERYTHING);
  yield JSON.stringify(value) ?? "";
  yield* reachableTexts(value, new Set());
}

/** All strings that are reachable from a value: by hidden and symbol properties, prototypes, causes, collections. */
function* reachableTexts(value, seen) {
  if (typeof value === "string") yield value;
  if (typeof value === "symbol") yield value.description ?? "";
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return;
  if (seen.has(value) || value === Object.prototype || value === Function.prototype) return;
  seen.add(value);
  if (value instanceof Error) yield `${value} ${value.stack}`;
  for (const key of Reflect.ownKeys(value)) {
    yield* reachableTexts(key, seen);
    yield* reachableTexts(read(value, key), seen);
  }
  if (value instanceof Map || value instanceof Set) yield* reachableTexts([...value], seen);
  yield* reachableTexts(Object.getPrototypeOf(value), seen);
}

function read(object, key) {
  try {
    return object[key];
  } catch {
    return undefined; // an accessor that works on instances only
  }
}
