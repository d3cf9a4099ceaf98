/** The organization and the endpoint of a client. */
export function placeOf(client) {
  const { url } = client.request("any-source", "IDLE");
  const [, endpoint, organizationId] = /^(.*)\/organizations\/([^/]+)\/sources\/any-source\//.exec(url);
  return { endpoint, organizationId };
}

export function isAt(place, { organizationId, endpoint }) {
  return organizationId === place.organizationId && endpoint === place.endpoint;
}

/** Returns whether two entries are of one source. */
export function isSameSource(one, other) {
  return isAt(one, other) && one.sourceId === other.sourceId;
}
