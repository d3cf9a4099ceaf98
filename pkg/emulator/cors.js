/**
 * The documented CORS headers of each answer. `Access-Control-Expose-Headers` is not among them, so a page cannot read
 * `Retry-After` here either.
 */
export function corsHeaders(requestHeaders) {
  const headers = {
    "Access-Control-Allow-Origin": "*",
    // `*` does not cover Authorization: browsers accept it only by its name.
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type",
    "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE, OPTIONS",
  };
  // Chromium sends a preflight before a page of another address space may reach a loopback address.
  if (requestHeaders["access-control-request-private-network"] === "true") {
    headers["Access-Control-Allow-Private-Network"] = "true";
  }
  return headers;
}
