/**
 * Splits an id into the part that all sources of the organization share and the part that identifies the source. The
 * organization's id may stand at the beginning of an id or at its end.
 */
export function namePartsOf(sourceId, organizationId) {
  const first = `${organizationId}-`;
  const last = `-${organizationId}`;
  if (sourceId.startsWith(first)) return { before: first, own: sourceId.slice(first.length), after: "" };
  if (sourceId.endsWith(last)) return { before: "", own: sourceId.slice(0, -last.length), after: last };
  return { before: "", own: sourceId, after: "" };
}
