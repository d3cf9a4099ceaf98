import { createServer } from "node:http";

// Answers every call as the service answers a good one. In a process of its own, so that what it costs is
// not counted among the clients' costs.
const server = createServer((request, response) => {
  request.resume().on("end", () => {
    response.writeHead(201, { "Content-Type": "application/json", "Content-Length": 2 }).end("{}");
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
process.on("disconnect", () => process.exit());
