/** Prints the requests that would be sent, with the token masked. */
export function showRequests(client, sources, statusType, { stdout, isJson }) {
  const requests = sources.map(({ id }) => ({ sourceId: id, ...client.request(id, statusType) }));
  if (isJson) {
    for (const request of requests) stdout.line(JSON.stringify({ type: "request", ...request }));
    return;
  }
  for (const { method, url } of requests) stdout.line(`${method} ${url}`);
  // The headers and the body are the same for all requests, and printed once.
  const [{ headers, body }] = requests;
  for (const [name, value] of Object.entries(headers)) stdout.line(`${name}: ${value}`);
  stdout.line();
  stdout.line(body);
  stdout.line();
  const count =
    requests.length === 1 ? "one request" : `${requests.length} requests, each with these headers and body`;
  stdout.line(`A dry run: ${count}; nothing was sent.`);
}
