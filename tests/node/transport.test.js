import assert from "node:assert/strict";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { freePort } from "../faults/port.js";
import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { close, drip, raw, reply, reset, stall } from "../faults/steps.js";
import { connect } from "./connect.js";
import { assertSays, failureOf } from "./failure.js";
import { SOURCE } from "./sample.js";

test("row 20: connection refused, then up: resolves", async (t) => {
  const port = await freePort();
  const client = connect(
    t,
    { endpoint: `http://127.0.0.1:${port}/push/v1` },
    {
      retry: { attempts: 10, baseDelayMs: 30 },
    },
  );
  const call = client.setStatus(SOURCE, "REBUILD");
  await sleep(60);
  const server = await startFaultServer(t, [reply()], { port });
  assert.ok((await call).attempts >= 2);
  assert.equal(server.requests.length, 1);
});

for (const hostname of ["127.0.0.1", "localhost"]) {
  test(`row 20: ${hostname} refuses for ever: not applied, and the cause is kept`, async (t) => {
    const host = `${hostname}:${await freePort()}`;
    const client = connect(
      t,
      { endpoint: `http://${host}/push/v1` },
      { retry: { attempts: 3, baseDelayMs: 2 } },
    );
    const error = await failureOf(client.setStatus(SOURCE, "REBUILD"), {
      code: "network",
      httpStatus: undefined,
      attempts: 3,
      outcome: "not_applied",
      sourceId: SOURCE,
      statusType: "REBUILD",
    });
    assert.equal(error.cause.code, "ECONNREFUSED");
    assert.equal(typeof error.cause.name, "string");
    assert.equal(typeof error.cause.message, "string");
    assertSays(error, host, SOURCE, "REBUILD", "3 attempts");
  });
}

const broken = {
  "reset before the headers": reset(),
  "reset in the middle of the status line": reset({ after: "HTTP/1.1 201 Crea" }),
  "reset in the middle of the headers": reset({ after: "HTTP/1.1 201 Created\r\nContent-Le" }),
  "closed without an answer": close(),
  "closed in the middle of the headers": raw("HTTP/1.1 201 Created\r\nContent-Le"),
  "a malformed status line": raw("HTTP/1.1 banana\r\n\r\n"),
  "an answer that is no HTTP": raw("SSH-2.0-OpenSSH_9.2\r\n"),
};

for (const [what, step] of Object.entries(broken)) {
  test(`row 20: ${what}, then 201: retried`, async (t) => {
    const server = await startFaultServer(t, [step, reply()]);
    assert.equal((await connect(t, server).setStatus(SOURCE, "REBUILD")).attempts, 2);
  });

  test(`row 20: ${what}, for ever: the outcome is unknown`, async (t) => {
    const server = await startFaultServer(t, [forever(step)]);
    const client = connect(t, server, { retry: { attempts: 2, baseDelayMs: 2 } });
    const error = await failureOf(client.setStatus(SOURCE, "REBUILD"), {
      code: "network",
      httpStatus: undefined,
      attempts: 2,
      outcome: "unknown",
    });
    assert.equal(server.requests.length, 2);
    assertSays(error, server.host, SOURCE, "REBUILD");
  });
}

test('row 20: unknownOutcome "stop": a reset is final, a refused connection is not', async (t) => {
  const port = await freePort();
  const client = connect(
    t,
    { endpoint: `http://127.0.0.1:${port}/push/v1` },
    {
      retry: { attempts: 10, baseDelayMs: 30, unknownOutcome: "stop" },
    },
  );
  const call = client.setStatus(SOURCE, "REBUILD");
  await sleep(60);
  const server = await startFaultServer(t, [reset()], { port });
  const error = await failureOf(call, { code: "network", outcome: "unknown" });
  assert.ok(error.attempts >= 2);
  assert.equal(server.requests.length, 1);
});

test("row 21: accepts and never answers, then 201: timed out, retried, the first socket closed", async (t) => {
  const server = await startFaultServer(t, [stall(), reply()]);
  const startedAt = performance.now();
  const update = await connect(t, server, { attemptTimeoutMs: 120 }).setStatus(SOURCE, "REBUILD");
  assert.ok(performance.now() - startedAt >= 120);
  assert.equal(update.attempts, 2);
  const { at, socketClosedAt } = await server.hungUp(1);
  assert.ok(socketClosedAt - at < 1000, `open for ${socketClosedAt - at} ms`);
});

test("row 21: headers that drip slower than the timeout, then 201: timed out, retried", async (t) => {
  const server = await startFaultServer(t, [drip({ everyMs: 15 }), reply()]);
  const update = await connect(t, server, { attemptTimeoutMs: 120 }).setStatus(SOURCE, "REBUILD");
  assert.equal(update.attempts, 2);
  const { bytesTaken } = await server.hungUp(1);
  assert.ok(bytesTaken >= 1 && bytesTaken <= 10, `${bytesTaken} bytes dripped`);
});

test("row 21: headers that drip within the timeout are waited for", async (t) => {
  const server = await startFaultServer(t, [drip({ everyMs: 3 })]);
  assert.equal(
    (await connect(t, server, { attemptTimeoutMs: 3000 }).setStatus(SOURCE, "REBUILD")).attempts,
    1,
  );
});

test("row 21: never an answer: a timeout, after which the outcome is unknown", async (t) => {
  const server = await startFaultServer(t, [forever(stall())]);
  const client = connect(t, server, { attemptTimeoutMs: 50, retry: { attempts: 3, baseDelayMs: 2 } });
  const error = await failureOf(client.setStatus(SOURCE, "REBUILD"), {
    code: "timeout",
    httpStatus: undefined,
    attempts: 3,
    outcome: "unknown",
  });
  assertSays(error, server.host, SOURCE, "REBUILD", "3 attempts");
  for (const n of [1, 2, 3]) await server.hungUp(n);
});

test("row 22: stalled attempts against a short total: the deadline ends them, and no request follows", async (t) => {
  const server = await startFaultServer(t, [forever(stall())]);
  const client = connect(t, server, { attemptTimeoutMs: 100, totalTimeoutMs: 250, retry: { attempts: 50 } });
  const startedAt = performance.now();
  await failureOf(client.setStatus(SOURCE, "REBUILD"), { code: "timeout", outcome: "unknown" });
  const elapsedMs = performance.now() - startedAt;
  assert.ok(elapsedMs >= 199 && elapsedMs < 1000, `${elapsedMs} ms`);
  const sent = server.requests.length;
  assert.ok(sent === 2 || sent === 3, `${sent} requests`);
  await sleep(200);
  assert.equal(server.requests.length, sent);
});

test("row 22: an attempt may not outlast the total", async (t) => {
  const server = await startFaultServer(t, [stall()]);
  const client = connect(t, server, { totalTimeoutMs: 120 });
  const startedAt = performance.now();
  await failureOf(client.setStatus(SOURCE, "REBUILD"), { code: "timeout", attempts: 1, outcome: "unknown" });
  const elapsedMs = performance.now() - startedAt;
  assert.ok(elapsedMs >= 119 && elapsedMs < 1000, `${elapsedMs} ms`);
  await server.hungUp();
});

test("row 22: a backoff that does not fit into the total is not waited for in vain", async (t) => {
  const server = await startFaultServer(t, [reply({ status: 500 })]);
  const client = connect(t, server, { totalTimeoutMs: 200, retry: { baseDelayMs: 2000 } });
  const startedAt = performance.now();
  const error = await failureOf(client.setStatus(SOURCE, "REBUILD"), {
    httpStatus: 500,
    attempts: 1,
    outcome: "unknown",
  });
  assert.ok(["unavailable", "timeout"].includes(error.code), error.code);
  assert.ok(performance.now() - startedAt < 900);
});
