/**
 * Checks of arguments. Each returns the value, or throws a `TypeError` that names its place. A value is quoted only where it
 * cannot be a secret.
 */

/** Accepts an object with known names alone. A name with the value `undefined` counts as missing. */
export function checkedRecord(place, value, knownNames) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`${place} must be an object`);
  }
  for (const name of Object.keys(value)) {
    if (!knownNames.includes(name)) {
      throw new TypeError(`unknown name "${name}" in ${place}; known are ${knownNames.join(", ")}`);
    }
  }
  return Object.fromEntries(Object.entries(value).filter(([, given]) => given !== undefined));
}

export function checkedText(place, value) {
  if (typeof value !== "string" || value === "") {
    throw new TypeError(`${place} must be a string that is not empty`);
  }
  return value;
}

export function checkedBoolean(place, value) {
  if (typeof value !== "boolean") throw new TypeError(`${place} must be true or false`);
  return value;
}

export function checkedInteger(place, value, least, most) {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new TypeError(`${place} must be an integer from ${least} to ${most}`);
  }
  return value;
}

/** Accepts an integer of at least 1, or `Infinity`. */
export function checkedCount(place, value) {
  if (value !== Number.POSITIVE_INFINITY && !(Number.isSafeInteger(value) && value >= 1)) {
    throw new TypeError(`${place} must be an integer of at least 1, or Infinity`);
  }
  return value;
}

export function checkedList(place, value) {
  if (!Array.isArray(value)) throw new TypeError(`${place} must be an array`);
  return value;
}

export function checkedChoice(place, value, choices) {
  if (!choices.includes(value)) throw new TypeError(`${place} must be one of ${choices.join(", ")}`);
  return value;
}
