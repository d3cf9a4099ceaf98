/**
 * A list in JSON: of ids, or of objects with `id` and `name`, alone or in a list called `sources`.
 *
 * @param {string} text
 * @returns {{ id: string, name: string }[]}
 * @throws {SyntaxError} where it is something else
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
