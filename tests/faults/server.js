import assert from "node:assert/strict";
import { once } from "node:events";
import * as http from "node:http";
import * as https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

import { Connection } from "./connection.js";
import { Ledger } from "./ledger.js";
import { Script } from "./script.js";

/** The time after the end of a test in which an unexpected request still fails it. */
const WATCH_MS = 15;

/** Node only parses the requests: it closes no connection, and refuses no request. */
const READING_ALONE = { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0, requireHostHeader: false };

/**
 * Starts a server for one test. It answers by a script, over raw sockets, and keeps a ledger. An unexpected request fails the
 * test, and so does a step without a request.
 *
 * @param {import("node:test").TestContext} t
 * @param {ConstructorParameters<typeof Script>[0]} script
 * @param {{ port?: number, tls?: { key: string, cert: string }, unusedSteps?: "fail" | "allow" }} [options]
 */
export async function startFaultServer(t, script, options = {}) {
  const server = new FaultServer(script, options);
  t.after(() => server.finish());
  await server.listen(options.port ?? 0);
  return server;
}

export class FaultServer {
  #script;
  #ledger = new Ledger();
  #sockets = new Set();
  #connections = new WeakMap();
  #listener;
  #scheme;
  #unusedSteps;

  constructor(script, { tls: certificate, unusedSteps = "fail" } = {}) {
    this.#script = new Script(script);
    this.#unusedSteps = unusedSteps;
    this.#scheme = certificate ? "https" : "http";
    const { createServer } = certificate ? https : http;
    this.#listener = createServer({ ...READING_ALONE, ...certificate })
      .on("connection", (socket) => {
        this.#sockets.add(socket);
        socket.on("close", () => this.#sockets.delete(socket));
      })
      .on(certificate ? "secureConnection" : "connection", (socket) => {
        this.#connections.set(socket, new Connection(socket, this.#script, this.#ledger));
      })
      .on("request", (request, response) => this.#connections.get(request.socket).receive(request, response))
      .on("clientError", (error, socket) => {
        // A client may hang up in the middle of a request or of a handshake.
        const isMisread = error.code?.startsWith("HPE_") && error.code !== "HPE_INVALID_EOF_STATE";
        if (isMisread) this.#connections.get(socket).misread(error);
        socket.destroy();
      });
  }

  async listen(port) {
    this.#listener.listen(port, "127.0.0.1");
    await once(this.#listener, "listening");
    this.port = this.#listener.address().port;
    this.host = `127.0.0.1:${this.port}`;
    this.origin = `${this.#scheme}://${this.host}`;
    this.endpoint = `${this.origin}/push/v1`;
  }

  get requests() {
    return this.#ledger.requests;
  }

  /** The number of accepted connections (over TLS: of complete handshakes). */
  get connections() {
    return this.#ledger.connections;
  }

  get openSockets() {
    return this.#ledger.openSockets;
  }

  get peakOpenSockets() {
    return this.#ledger.peakOpenSockets;
  }

  /** The greatest number of unanswered requests at one time. */
  get peakInFlight() {
    return this.#ledger.peakInFlight;
  }

  /** Returns the milliseconds between the arrivals of two requests, counted from 1. */
  gap(earlier, later) {
    return this.requests[later - 1].at - this.requests[earlier - 1].at;
  }

  /** Resolves with the n-th request (from 1) once it has come. */
  async received(n = 1) {
    await this.#ledger.until(() => this.requests.length >= n, `request number ${n}`);
    return this.requests[n - 1];
  }

  /** Resolves with the entry once the socket of the n-th request (from 1) has closed. */
  async hungUp(n = 1) {
    const entry = await this.received(n);
    await this.#ledger.until(
      () => entry.socketClosedAt !== undefined,
      `the end of the socket of request ${n}`,
    );
    return entry;
  }

  /** Closes everything. Rejects unless the requests were those of the script. */
  async finish() {
    await sleep(WATCH_MS);
    const problems = [...this.#ledger.violations];
    if (this.#unusedSteps === "fail")
      problems.push(...this.#script.unused().map((step) => `not used: ${step}`));
    await this.stop();
    assert.deepEqual(problems, [], "the requests differ from the script");
  }

  /** Closes everything at once, like a server that goes down. */
  async stop() {
    if (!this.#listener.listening) return;
    const closed = once(this.#listener, "close");
    this.#listener.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    await this.#ledger.until(() => this.openSockets === 0, "the end of all sockets");
  }
}
