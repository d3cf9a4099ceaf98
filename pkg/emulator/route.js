const STATUS_PATH = /^\/(?:push\/)?v1\/organizations\/([^/]+)\/sources\/([^/]+)\/status$/;

/** What else a connector sends to the same base: its items, and who may see them. */
const OTHER_PUSH_PATH =
  /^\/(?:push\/)?v1\/organizations\/[^/]+\/(?:sources\/[^/]+\/)?(?:documents|files|batches|permissions|mappings|providers|stream)(?:\/|$)/;

const CONTROL_PATH = /^\/emulator(?:\/(.*))?$/;

function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

/**
 * Tells which operation a request target names: `{ kind: "status", organizationId, sourceId, statusType }`,
 * `{ kind: "control", resource, query }`, `{ kind: "other-push" }` or `{ kind: "unknown" }`.
 *
 * The path is taken as it came: a URL parser would resolve `..`, and so hide that a client sent it.
 */
export function routeOf(target) {
  const [path, queryText = ""] = target.split(/\?(.*)/s);
  const query = new URLSearchParams(queryText);

  const [, organization, source] = STATUS_PATH.exec(path) ?? [];
  if (organization !== undefined) {
    const [organizationId, sourceId] = [decoded(organization), decoded(source)];
    if (organizationId === null || sourceId === null) return { kind: "unknown" };
    const statusTypes = query.getAll("statusType");
    // Two values contradict each other, which is as good as none.
    return {
      kind: "status",
      organizationId,
      sourceId,
      statusType: statusTypes.length === 1 ? statusTypes[0] : null,
    };
  }
  if (OTHER_PUSH_PATH.test(path)) return { kind: "other-push" };
  const control = CONTROL_PATH.exec(path);
  if (control) return { kind: "control", resource: control[1] ?? "", query };
  return { kind: "unknown" };
}
