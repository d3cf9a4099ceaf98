import { OPERATIONS } from "./operations.js";

/** Other paths that the vendor's clients use at the same hosts: permissions, fields, sources. */
const NOT_EMULATED_PATH =
  /^\/(?:rest\/|(?:push\/)?v1\/organizations\/[^/]+\/(?:sources\/[^/]+\/)?(?:documents|files|batches|permissions|mappings|providers|stream)(?:\/|$))/;

const CONTROL_PATH = /^\/emulator(?:\/(.*))?$/;

function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

/** Two values of a parameter count as none. */
function statusTypeIn(query) {
  const statusTypes = query.getAll("statusType");
  return statusTypes.length === 1 ? statusTypes[0] : null;
}

function operationRoute(operation, ids, query) {
  const statusType = operation.name === "set-status" ? statusTypeIn(query) : null;
  return { kind: "operation", operation, ...ids, statusType, query };
}

/**
 * Finds what a request asks for: `{ kind: "operation", operation, organizationId, sourceId, …, statusType, query }`,
 * `{ kind: "method", allowed }` if the path has operations with other methods only, `{ kind: "control", resource, query }`,
 * `{ kind: "not-emulated" }` or `{ kind: "unknown" }`.
 *
 * The path is not parsed as a URL: that would resolve `..`, and hide that a client sent it.
 */
export function routeOf(method, target) {
  const [path, queryText = ""] = target.split(/\?(.*)/s);
  const query = new URLSearchParams(queryText);

  const here = OPERATIONS.filter((operation) => operation.path.test(path));
  if (here.length > 0) {
    const { groups } = here[0].path.exec(path);
    const ids = Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decoded(text)]));
    if (Object.values(ids).includes(null)) return { kind: "unknown" };
    const operation = here.find((candidate) => candidate.method === method);
    if (operation) return operationRoute(operation, ids, query);
    return { kind: "method", allowed: here.map((candidate) => candidate.method), ...ids };
  }
  const control = CONTROL_PATH.exec(path);
  if (control) return { kind: "control", resource: control[1] ?? "", query };
  return { kind: NOT_EMULATED_PATH.test(path) ? "not-emulated" : "unknown" };
}
