/**
 * An id in two parts: what all sources of the organization have in common, and what tells them apart. Ids have been
 * seen with the organization's id in front, and with it at the end.
 */
export function namePartsOf(sourceId, organizationId) {
  const first = `${organizationId}-`;
  const last = `-${organizationId}`;
  if (sourceId.startsWith(first)) return { before: first, own: sourceId.slice(first.length), after: "" };
  if (sourceId.endsWith(last)) return { before: "", own: sourceId.slice(0, -last.length), after: last };
  return { before: "", own: sourceId, after: "" };
}
