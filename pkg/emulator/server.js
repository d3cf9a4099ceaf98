import { once } from "node:events";
import { createServer } from "node:http";
import { corsHeaders } from "./cors.js";

/** Never anything else: the emulator accepts any token, so nobody but this machine may talk to it. */
const HOST = "127.0.0.1";

/** A status call carries `{}`. What is longer is read to its end, and forgotten. */
const BODY_LIMIT_BYTES = 64 * 1024;

/** Longer than a connector pauses between two calls, so that no connection ends just as it is used again. */
const KEEP_ALIVE_MS = 60_000;

async function bodyOf(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    if (length < BODY_LIMIT_BYTES) chunks.push(chunk.subarray(0, BODY_LIMIT_BYTES - length));
    length += chunk.length;
  }
  return { bytes: Buffer.concat(chunks), truncated: length > BODY_LIMIT_BYTES };
}

function send({ httpStatus, headers, body }, request, response) {
  response.statusCode = httpStatus;
  for (const [name, value] of Object.entries({ ...corsHeaders(request.headers), ...headers })) {
    response.setHeader(name, value);
  }
  response.end(body);
}

function deliver({ kind, answer, delayMs }, request, response) {
  // A stalled request is left alone until its client gives up or the server is closed.
  if (kind === "stall") return;
  const finish = () => {
    if (kind === "reset") request.socket.resetAndDestroy();
    else send(answer, request, response);
  };
  // A timer of 0 ms would still cost a millisecond of each call that somebody measures.
  if (delayMs === 0) return finish();
  const timer = setTimeout(finish, delayMs);
  response.once("close", () => clearTimeout(timer));
}

/**
 * Serves HTTP on a loopback port. `respond` gets `{ method, target, headers, body }` and returns what happens:
 * `{ kind: "answer" | "stall" | "reset", answer, delayMs }`. This module alone knows sockets.
 */
export async function serve(port, respond) {
  const sockets = new Set();
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, async (request, response) => {
    let body;
    try {
      body = await bodyOf(request);
    } catch {
      return; // The client left in the middle of its request: there is nobody to answer.
    }
    const { method, url: target, headers } = request;
    deliver(respond({ method, target, headers, body }), request, response);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(port, HOST);
  await once(server, "listening");

  let closed;
  return {
    origin: `http://${HOST}:${server.address().port}`,
    close() {
      closed ??= new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
      return closed;
    },
  };
}
