import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";

// Answers every call as the service answers a good one. In a process of its own, so that what it costs is
// not counted among the clients' costs.
if (process.send) {
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      response.writeHead(201, { "Content-Type": "application/json", "Content-Length": 2 }).end("{}");
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1", () => process.send(server.address().port));
  process.on("disconnect", () => process.exit());
}

/** Starts that process: `{ endpoint, stop }`. */
export async function startServer() {
  const child = fork(import.meta.filename, { execArgv: [] });
  const [port] = await once(child, "message");
  return { endpoint: `http://127.0.0.1:${port}/push/v1`, stop: () => child.disconnect() };
}
