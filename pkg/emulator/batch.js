import { isObject, parsedJson } from "./body.js";
import { refuse } from "./refusal.js";

/** A list of the batch by its name. The vendor's documents also spell these names with a capital. */
function listOf(content, name) {
  const list = content[name] ?? content[name[0].toUpperCase() + name.slice(1)] ?? [];
  if (!Array.isArray(list)) refuse(400, `${name} in the file container must be an array`);
  return list.map((entry, index) => {
    const documentId = entry?.documentId ?? entry?.DocumentId;
    if (!isObject(entry) || typeof documentId !== "string" || documentId === "") {
      refuse(400, `${name}[${index}] in the file container has no documentId`);
    }
    return { ...entry, documentId };
  });
}

/** Parses the content of a file container: `{ items, deletions }`. */
export function batchOf(bytes, call) {
  const content = parsedJson(bytes, call, "what the file container holds");
  if (!isObject(content)) refuse(400, "what the file container holds is no JSON object");
  if ((content.partialUpdate ?? content.PartialUpdate) !== undefined) {
    refuse(501, "partialUpdate is not emulated");
  }
  const batch = { items: listOf(content, "addOrUpdate"), deletions: listOf(content, "delete") };
  if (batch.items.length + batch.deletions.length === 0) {
    refuse(400, "the file container has neither addOrUpdate nor delete");
  }
  return batch;
}
