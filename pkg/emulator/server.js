import { once } from "node:events";
import { createServer } from "node:http";
import { corsHeaders } from "./cors.js";

/** Longer than the pauses of a connector, so that no connection closes just as it is used again. */
const KEEP_ALIVE_MS = 60_000;

/** Reads a body. One that is longer than the limit is read to its end, and dropped. */
async function bodyOf(request, limit) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    if (length < limit) chunks.push(chunk.subarray(0, limit - length));
    length += chunk.length;
  }
  return { bytes: Buffer.concat(chunks), truncated: length > limit };
}

function originOf(host, port) {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** The loopback address of a server that listens on all addresses. */
const LOOPBACK = { "0.0.0.0": "127.0.0.1", "::": "::1" };

function send({ httpStatus, headers, body }, request, response) {
  response.statusCode = httpStatus;
  for (const [name, value] of Object.entries({ ...corsHeaders(request.headers), ...headers })) {
    response.setHeader(name, value);
  }
  response.end(body);
}

function deliver({ kind, answer, delayMs }, request, response) {
  // A stalled request stays open until its client gives up or the server is closed.
  if (kind === "stall") return;
  const finish = () => {
    if (kind === "reset") request.socket.resetAndDestroy();
    else send(answer, request, response);
  };
  // A timer of 0 ms would still cost a millisecond, which benchmarks would show.
  if (delayMs === 0) return finish();
  const timer = setTimeout(finish, delayMs);
  response.once("close", () => clearTimeout(timer));
}

/**
 * Serves HTTP. `respond` gets `{ method, target, headers, origin, body }` and returns
 * `{ kind: "answer" | "stall" | "reset", answer, delayMs }`. `origin` is the server's, as its client names it.
 * `bodyLimit(target)` is the largest body that is kept, in bytes. No other module uses sockets.
 */
export async function serve({ host, port, bodyLimit }, respond) {
  const sockets = new Set();
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, async (request, response) => {
    const { method, url: target, headers, socket } = request;
    const origin = headers.host ? `http://${headers.host}` : originOf(socket.localAddress, socket.localPort);
    let body;
    try {
      body = await bodyOf(request, bodyLimit(target));
    } catch {
      return; // The client has closed the connection in the middle of its request.
    }
    deliver(respond({ method, target, headers, origin, body }), request, response);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(port, host);
  await once(server, "listening");

  const bound = server.address();
  let closed;
  return {
    origin: originOf(LOOPBACK[bound.address] ?? bound.address, bound.port),
    close() {
      closed ??= new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
      return closed;
    },
  };
}
