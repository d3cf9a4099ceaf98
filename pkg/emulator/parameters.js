import { refuse } from "./refusal.js";

/** Returns a parameter of the query, or `undefined`. Two values count as none. */
function single(query, name) {
  const values = query.getAll(name);
  if (values.length > 1) refuse(412, `${name} must be given once`);
  return values[0];
}

export function requiredText({ query, maskTokens }, name) {
  const value = single(query, name);
  if (!value) refuse(412, `${name} must be given`);
  return maskTokens(value);
}

export function optionalChoice({ query }, name, choices) {
  const value = single(query, name);
  if (value !== undefined && !choices.includes(value)) {
    refuse(412, `${name} must be one of ${choices.join(", ")}`);
  }
  return value;
}

export function optionalInteger({ query }, name) {
  const value = single(query, name);
  if (value === undefined) return undefined;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(number)) refuse(412, `${name} must be a whole number`);
  return number;
}

/** The `orderingId` of a push, which orders two pushes of an item. By default, milliseconds since 1970. */
export function orderingIdOf(call) {
  return optionalInteger(call, "orderingId") ?? call.at;
}
