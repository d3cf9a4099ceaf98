import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import test from "node:test";
import nodeFetch from "node-fetch";
import { ProxyAgent, fetch as undiciFetch } from "undici";
import { freePort } from "../faults/port.js";
import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "../node/connect.js";
import { assertSays, failureOf } from "../node/failure.js";
import { SOURCE } from "../node/sample.js";
import { reportOf } from "./child.js";
import { nodes } from "./runtimes.js";

test("row 56: 421 from the server: one attempt, and the status is told", async (t) => {
  // Fetch itself repeats the request over another connection.
  const server = await startFaultServer(t, [forever(reply({ status: 421 }))]);
  const error = await failureOf(connect(t, server).setStatus(SOURCE, "REBUILD"), {
    code: "rejected",
    httpStatus: 421,
    attempts: 1,
    outcome: "not_applied",
  });
  assertSays(error, "421");
  assert.ok(server.requests.length <= 2);
});

test("row 56: 407 from the server, through a fetch that shows it: one attempt, and the status is told", async (t) => {
  // The host's own fetch reports a failure without the status.
  const server = await startFaultServer(t, [reply({ status: 407 })]);
  const client = connect(t, server, { fetch: nodeFetch });
  const error = await failureOf(client.setStatus(SOURCE, "REBUILD"), {
    code: "rejected",
    httpStatus: 407,
    attempts: 1,
    outcome: "not_applied",
  });
  assertSays(error, "407");
});

/** Starts a proxy that requires a password. It answers 407 to every request, and counts them. */
async function startProxy(t) {
  const refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n";
  const proxy = { refused: 0 };
  const refuse = (socket) => {
    proxy.refused += 1;
    socket.end(`${refusal}Connection: close\r\n\r\n`);
  };
  const server = createServer((request) => refuse(request.socket));
  server.on("connect", (_request, socket) => refuse(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  proxy.url = `http://127.0.0.1:${server.address().port}`;
  return proxy;
}

for (const scheme of ["http", "https"]) {
  test(`row 56: 407 from a proxy in the way of ${scheme}, through undici: one attempt, and the status is told`, async (t) => {
    const proxy = await startProxy(t);
    const dispatcher = new ProxyAgent(proxy.url);
    t.after(() => dispatcher.destroy());
    const fetch = (url, init) => undiciFetch(url, { ...init, dispatcher });
    const client = connect(t, { endpoint: `${scheme}://127.0.0.1:${await freePort()}/push/v1` }, { fetch });
    const error = await failureOf(client.setStatus(SOURCE, "REBUILD"), {
      attempts: 1,
      outcome: "not_applied",
    });
    assertSays(error, "407");
    assert.equal(proxy.refused, 1);
  });

  test(`row 56: the same through Node's own proxies, with NODE_USE_ENV_PROXY, in the way of ${scheme}`, async (t) => {
    const proxy = await startProxy(t);
    const env = { NODE_USE_ENV_PROXY: "1", HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, NO_PROXY: "" };
    const args = { endpoint: `${scheme}://127.0.0.1:${await freePort()}/push/v1` };
    const report = await reportOf(t, nodes.at(-1), "one-call.js", { args, env });
    assert.deepEqual([report.attempts, report.outcome, proxy.refused], [1, "not_applied", 1]);
    assert.match(report.message, /407/);
  });
}
