/**
 * The CORS headers that the service documents, on each answer. There is no `Access-Control-Expose-Headers` among
 * them: a page cannot read `Retry-After`, and must not be able to here either.
 */
export function corsHeaders(requestHeaders) {
  const headers = {
    "Access-Control-Allow-Origin": "*",
    // A `*` would leave out Authorization, which browsers only accept by name.
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type",
    "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE, OPTIONS",
  };
  // Chromium asks before a page of another address space may reach a loopback address.
  if (requestHeaders["access-control-request-private-network"] === "true") {
    headers["Access-Control-Allow-Private-Network"] = "true";
  }
  return headers;
}
