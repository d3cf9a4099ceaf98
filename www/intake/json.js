/**
 * Reads a list in JSON: ids, or objects with `id` and `name`. An object may contain the list as `sources` or `items`.
 *
 * @param {string} text
 * @returns {{ id: string, name: string }[]}
 * @throws {SyntaxError} if the text is not such a list
 */
export function entriesOfJson(text) {
  const value = JSON.parse(text);
  const list = [value, value?.sources, value?.items].find(Array.isArray) ?? (value?.id ? [value] : null);
  if (list === null) throw new SyntaxError("there is neither a list in it, nor one called “sources”");
  return list.map(entryOf);
}

function entryOf(value) {
  if (typeof value === "string") return { id: value.trim(), name: "" };
  const id = value?.id ?? value?.sourceId ?? "";
  const name = value?.name ?? value?.displayName ?? "";
  const text = (given) => (typeof given === "string" ? given.replace(/\s+/g, " ").trim() : "");
  return { id: text(id), name: text(name) };
}
