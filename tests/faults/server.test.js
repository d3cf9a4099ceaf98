import assert from "node:assert/strict";
import { once } from "node:events";
import { request as httpsRequest } from "node:https";
import * as net from "node:net";
import test from "node:test";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";

import { certificates } from "./certificates.js";
import { freePort } from "./port.js";
import { forever } from "./script.js";
import { FaultServer, startFaultServer } from "./server.js";
import * as step from "./steps.js";

const PATH = "/organizations/an-organization/sources/a-source/status?statusType=IDLE";

function post(server, path = PATH, init = {}) {
  return fetch(server.endpoint + path, { method: "POST", body: "{}", ...init });
}

/** Returns the code of the error of a fetch. */
async function failure(promise) {
  const error = await promise.then(
    () => assert.fail("the fetch did not fail"),
    (reason) => reason,
  );
  return error.cause?.code ?? error.name;
}

test("replies come in the order of the script, and the ledger keeps what was sent", async (t) => {
  const server = await startFaultServer(t, [
    step.reply({ status: 429, reason: "Slow Down", headers: { "Retry-After": ["1", "2"] } }),
    step.reply({ body: "{}" }),
  ]);
  const first = await post(server, PATH, { headers: { "X-Mixed-Case": " padded " } });
  assert.equal(first.status, 429);
  assert.equal(first.statusText, "Slow Down");
  assert.equal(first.headers.get("retry-after"), "1, 2");
  await first.text();
  await setImmediate(); // by then, fetch has noticed that the socket is free again
  const second = await post(server);
  assert.deepEqual([second.status, await second.text()], [201, "{}"]);

  const [entry, next] = server.requests;
  assert.deepEqual([entry.method, entry.target, entry.body], ["POST", `/push/v1${PATH}`, "{}"]);
  assert.deepEqual([entry.sourceId, entry.statusType], ["a-source", "IDLE"]);
  assert.equal(entry.header("X-MIXED-case"), "padded");
  assert.ok(entry.headers.some(([name]) => name === "host"));
  assert.ok(entry.at < entry.answeredAt && entry.answeredAt < next.at);
  assert.deepEqual([server.connections, entry.connection, next.connection], [1, 1, 1]);
  assert.equal(entry.socketClosedAt, undefined);
});

test("header names keep their case and order, and bodies their length, however the bytes are cut", async (t) => {
  const server = await startFaultServer(t, [step.reply(), step.reply()]);
  const socket = net.connect(server.port, "127.0.0.1");
  t.after(() => socket.destroy());
  const bytes = Buffer.from(
    "PUT /a HTTP/1.1\r\nB: 1\r\na:2\r\nContent-Length: 3\r\n\r\nx\u00e9PUT /b HTTP/1.1\r\n\r\n",
  );
  for (const byte of bytes) socket.write(Buffer.of(byte));
  const second = await server.received(2);
  const [first] = server.requests;
  assert.deepEqual(first.headers, [
    ["B", "1"],
    ["a", "2"],
    ["Content-Length", "3"],
  ]);
  assert.deepEqual([first.body, second.target, second.headers], ["x\u00e9", "/b", []]);
});

test("a request outside the script, and a step not used, fail the test", async () => {
  const server = new FaultServer([step.reply({ status: 500 })]);
  await server.listen(0);
  assert.equal((await post(server)).status, 500);
  assert.equal((await post(server)).status, 418);
  await assert.rejects(server.finish(), /unscripted request: POST \/push\/v1\/organizations/);

  const unused = new FaultServer([step.reply(), step.stall(), forever(step.reply({ status: 503 }))]);
  await unused.listen(0);
  await post(unused);
  await assert.rejects(unused.finish(), /not used: the script, step 2: stall/);
});

test("bytes that are no HTTP/1.1 fail the test", async () => {
  const server = new FaultServer([]);
  await server.listen(0);
  const socket = net.connect(server.port, "127.0.0.1", () => socket.write("nonsense\r\n\r\n"));
  await once(socket.resume(), "close");
  await assert.rejects(server.finish(), /connection 1: Parse Error/);
});

test("each source can have its own script, and a function can decide", async (t) => {
  const bySource = await startFaultServer(t, {
    "a-source": [step.reply({ status: 404 })],
    b: [step.reply()],
  });
  assert.equal((await post(bySource, "/organizations/o/sources/b/status")).status, 201);
  assert.equal((await post(bySource)).status, 404);

  const decided = await startFaultServer(
    t,
    ({ statusType }) => statusType === "IDLE" && step.reply({ status: 204 }),
  );
  assert.equal((await post(decided)).status, 204);
});

test("a step that is kept for ever answers everything from then on", async (t) => {
  const server = await startFaultServer(t, [step.reply(), forever(step.reply({ status: 503 }))]);
  const statuses = [];
  for (let n = 0; n < 4; n += 1) statuses.push((await post(server)).status);
  assert.deepEqual(statuses, [201, 503, 503, 503]);
});

test("an answer can be delayed, dripped, and asked of a function when the request has come", async (t) => {
  const server = await startFaultServer(t, [
    step.delayed(80, step.reply()),
    step.drip({ everyMs: 2, body: "ab" }),
    step.reply(({ at }) => ({ headers: { "x-at": String(at) } })),
  ]);
  await post(server);
  assert.ok(performance.now() - server.requests[0].at >= 79);
  assert.equal(await (await post(server)).text(), "ab");
  assert.ok(performance.now() - server.requests[1].at >= 79);
  assert.equal((await post(server)).headers.get("x-at"), String(server.requests[2].at));
});

test("a stalled answer lasts until the client hangs up, which the ledger notes", async (t) => {
  const server = await startFaultServer(t, [step.stall(), step.stallBody({ status: 500, body: "{" })]);
  const hangUp = new AbortController();
  const waiting = failure(post(server, PATH, { signal: hangUp.signal }));
  const stalled = await server.received(1);
  await sleep(50);
  assert.equal(stalled.socketClosedAt, undefined);
  hangUp.abort();
  assert.equal(await waiting, "AbortError");
  await server.hungUp(1);
  assert.equal(stalled.answeredAt, undefined);

  const controller = new AbortController();
  const response = await post(server, PATH, { signal: controller.signal });
  assert.equal(response.status, 500);
  const reader = response.body.getReader();
  assert.equal(Buffer.from((await reader.read()).value).toString(), "{");
  controller.abort();
  await assert.rejects(reader.read(), { name: "AbortError" });
  await server.hungUp(2);
});

test("connections break before, in and after the head", async (t) => {
  const server = await startFaultServer(t, [
    step.reset(),
    step.reset({ after: "HTTP/1.1 201 Crea" }),
    step.close(),
    step.raw("HTTP/1.1 banana\r\n\r\n"),
    step.resetBody({ status: 500, body: "abc" }),
  ]);
  assert.equal(await failure(post(server)), "ECONNRESET");
  assert.equal(await failure(post(server)), "ECONNRESET");
  assert.equal(await failure(post(server)), "UND_ERR_SOCKET");
  await assert.rejects(post(server), ({ cause }) => cause.name === "HTTPParserError");
  const response = await post(server);
  assert.equal(response.status, 500);
  await assert.rejects(response.text());
});

test("of a flood, no more is counted than the client has taken", async (t) => {
  const bytes = 100 * 1024 * 1024;
  const server = await startFaultServer(t, [step.flood({ status: 500, bytes })]);
  const response = await post(server);
  const reader = response.body.getReader();
  await reader.read();
  await reader.cancel();
  const entry = await server.hungUp();
  assert.ok(entry.bytesTaken > 16_384, `${entry.bytesTaken} bytes`);
  assert.ok(entry.bytesTaken < bytes, `${entry.bytesTaken} bytes`);
  assert.equal(entry.answeredAt, undefined);
});

test("a port can refuse first and be served later", async (t) => {
  const port = await freePort();
  assert.equal(await failure(post({ endpoint: `http://127.0.0.1:${port}` })), "ECONNREFUSED");
  const server = await startFaultServer(t, [step.reply()], { port });
  assert.equal((await post(server)).status, 201);
});

test("requests in flight and open sockets are counted", async (t) => {
  const server = await startFaultServer(t, () => ({
    name: "reply once all five have come",
    play: async (exchange) => {
      await server.received(5);
      await step.reply().play(exchange);
    },
  }));
  await Promise.all(Array.from({ length: 5 }, () => post(server)));
  assert.deepEqual([server.peakInFlight, server.peakOpenSockets, server.connections], [5, 5, 5]);
  await server.stop();
  assert.equal(server.openSockets, 0);
});

test("fetch refuses the server's certificate, unless it is trusted", async (t) => {
  const server = await startFaultServer(t, [step.reply()], { tls: certificates.valid });
  assert.equal(await failure(post(server)), "DEPTH_ZERO_SELF_SIGNED_CERT");
  assert.equal(server.requests.length, 0);

  const trusting = httpsRequest(server.endpoint + PATH, {
    method: "POST",
    ca: certificates.valid.cert,
    agent: false,
  });
  trusting.end("{}");
  const [response] = await once(trusting, "response");
  assert.equal(response.statusCode, 201);
  await once(response.resume(), "end");
});
