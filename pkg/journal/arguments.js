/** Refuses unknown options, and options that are no strings. `undefined` counts as not given. */
export function checkTexts(options, names) {
  if (typeof options !== "object" || options === null) throw new TypeError("options must be an object");
  for (const [name, value] of Object.entries(options)) {
    if (!names.includes(name)) throw new TypeError(`${name} is not an option; there are ${names.join(", ")}`);
    if (value !== undefined) checkText(value, name);
  }
}

export function checkText(value, name) {
  if (typeof value !== "string" || value === "")
    throw new TypeError(`${name} must be a text that is not empty`);
}

export function checkStaleness(staleMs) {
  if (typeof staleMs !== "number" || !(staleMs >= 0))
    throw new TypeError("staleMs must be a number of at least 0");
}
