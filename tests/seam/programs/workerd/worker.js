import { StatusClient } from "./dist/workerd.js";

let client;

/** One client serves all requests, each of which sets a source. */
export default {
  async fetch(request) {
    const { searchParams } = new URL(request.url);
    client ??= new StatusClient({
      organizationId: "my-organization",
      accessToken: "my-token",
      endpoint: searchParams.get("endpoint"),
      concurrency: 2,
      retry: { baseDelayMs: 40 },
    });
    const { attempts } = await client.setStatus(searchParams.get("source"), "REBUILD");
    return Response.json({ attempts });
  },
};
