import assert from "node:assert/strict";
import test from "node:test";

import { freePort } from "../faults/port.js";
import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { close, drip, raw, reply, reset, stall } from "../faults/steps.js";
import { Clock } from "./clock.js";
import { connect } from "./connect.js";
import { assertSays, failureOf } from "./failure.js";
import { SOURCE } from "./sample.js";
import { ATTEMPT_MS, HOUR_MS, NEVER_MS, recordDelays, soon, TIMER_MS, watchFor } from "./waits.js";

test("row 20: connection refused, then up: resolves", async (t) => {
  const port = await freePort();
  const { onEvent, seen } = watchFor("retry");
  const client = connect(
    t,
    { endpoint: `http://127.0.0.1:${port}/push/v1` },
    { onEvent, retry: { attempts: 10, baseDelayMs: 30 } },
  );
  const call = client.setStatus(SOURCE, "REBUILD");
  await seen;
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

test("row 20: a host of several addresses that all refuse: the text names each", async (t) => {
  const [v6, v4] = ["connect ECONNREFUSED ::1:1", "connect ECONNREFUSED 127.0.0.1:1"];
  // As Node throws it where localhost has both addresses.
  const cause = Object.assign(new AggregateError([new Error(v6), new Error(v4)]), { code: "ECONNREFUSED" });
  const fetch = async () => {
    throw new TypeError("fetch failed", { cause });
  };
  const client = connect(t, { endpoint: "http://127.0.0.1:1/push/v1" }, { fetch, retry: { attempts: 1 } });
  const error = await failureOf(client.setStatus(SOURCE, "REBUILD"), {
    code: "network",
    outcome: "not_applied",
  });
  assert.equal(error.cause.message, `fetch failed: ${v6}, ${v4}`);
  assertSays(error, "could not be reached", v6, v4);
});

test("a port that fetch refuses by itself: one attempt, not applied, and the text says so", async (t) => {
  const client = connect(t, { endpoint: "http://127.0.0.1:6000/push/v1" });
  const error = await failureOf(client.setStatus(SOURCE, "REBUILD"), {
    code: "network",
    attempts: 1,
    outcome: "not_applied",
  });
  assertSays(error, "fetch refuses the port", "choose another port");
});

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
  const { onEvent, seen } = watchFor("retry");
  const client = connect(
    t,
    { endpoint: `http://127.0.0.1:${port}/push/v1` },
    { onEvent, retry: { attempts: 10, baseDelayMs: 30, unknownOutcome: "stop" } },
  );
  const call = client.setStatus(SOURCE, "REBUILD");
  await seen;
  const server = await startFaultServer(t, [reset()], { port });
  const error = await failureOf(call, { code: "network", outcome: "unknown" });
  assert.ok(error.attempts >= 2);
  assert.equal(server.requests.length, 1);
});

test("row 21: accepts and never answers, then 201: timed out, retried, the first socket closed", async (t) => {
  const server = await startFaultServer(t, [stall(), reply()]);
  const clock = new Clock(t);
  const { delays, onEvent } = recordDelays();
  const call = connect(t, server, { onEvent }).setStatus(SOURCE, "REBUILD");
  await server.received();
  clock.pass(ATTEMPT_MS + TIMER_MS);
  await soon(() => delays.length > 0);
  assert.equal(delays.length, 1);
  assert.equal((await call).attempts, 2);
  const { at, socketClosedAt } = await server.hungUp(1);
  assert.ok(socketClosedAt - at >= ATTEMPT_MS - TIMER_MS, `open for ${socketClosedAt - at} ms`);
});

test("row 21: headers that drip slower than the timeout, then 201: timed out, retried", async (t) => {
  const clock = new Clock(t);
  const dripping = {
    name: "headers that come too slowly",
    play: async (exchange) => {
      for (const byte of Buffer.from("HTTP/1.1 201")) {
        await exchange.write(Buffer.of(byte));
        clock.pass(ATTEMPT_MS / 4);
      }
      await exchange.hang();
    },
  };
  const server = await startFaultServer(t, [dripping, reply()]);
  const update = await connect(t, server).setStatus(SOURCE, "REBUILD");
  assert.equal(update.attempts, 2);
  await server.hungUp(1);
});

test("row 21: headers that drip within the timeout are waited for", async (t) => {
  const server = await startFaultServer(t, [drip({ everyMs: 3 })]);
  const call = connect(t, server, { attemptTimeoutMs: NEVER_MS, totalTimeoutMs: NEVER_MS });
  assert.equal((await call.setStatus(SOURCE, "REBUILD")).attempts, 1);
});

test("row 21: never an answer: a timeout, after which the outcome is unknown", async (t) => {
  const server = await startFaultServer(t, [forever(stall())]);
  const clock = new Clock(t);
  const client = connect(t, server, { retry: { attempts: 3, baseDelayMs: 2 } });
  const call = client.setStatus(SOURCE, "REBUILD");
  for (const n of [1, 2, 3]) {
    await server.received(n);
    clock.pass(ATTEMPT_MS);
  }
  const error = await failureOf(call, {
    code: "timeout",
    httpStatus: undefined,
    attempts: 3,
    outcome: "unknown",
  });
  assertSays(error, server.host, SOURCE, "REBUILD", "3 attempts");
  for (const n of [1, 2, 3]) await server.hungUp(n);
});

test("row 22: stalled attempts against a short total: the deadline ends them, and no request follows", async (t) => {
  const server = await startFaultServer(t, [stall(), stall(), stall()]);
  const clock = new Clock(t);
  const options = { attemptTimeoutMs: 2 * HOUR_MS, totalTimeoutMs: 5 * HOUR_MS, retry: { attempts: 50 } };
  const client = connect(t, server, options);
  const call = client.setStatus(SOURCE, "REBUILD");
  for (const n of [1, 2]) {
    await server.received(n);
    clock.pass(2 * HOUR_MS);
  }
  await server.received(3);
  clock.pass(HOUR_MS);
  await failureOf(call, { code: "timeout", attempts: 3, outcome: "unknown" });
  clock.pass(HOUR_MS);
  await client.close();
  assert.equal(server.requests.length, 3);
});

test("row 22: an attempt may not outlast the total", async (t) => {
  const server = await startFaultServer(t, [stall()]);
  const clock = new Clock(t);
  const call = connect(t, server, { totalTimeoutMs: ATTEMPT_MS / 2 }).setStatus(SOURCE, "REBUILD");
  const startedAt = performance.now();
  await server.received();
  clock.pass(ATTEMPT_MS / 2);
  await failureOf(call, { code: "timeout", attempts: 1, outcome: "unknown" });
  assert.ok(performance.now() - startedAt >= ATTEMPT_MS / 2);
  await server.hungUp();
});

test("row 22: a backoff that does not fit into the total is not waited for in vain", async (t) => {
  const server = await startFaultServer(t, [reply({ status: 500 })]);
  const options = {
    totalTimeoutMs: NEVER_MS,
    retry: { baseDelayMs: 4 * NEVER_MS, maxDelayMs: 4 * NEVER_MS },
  };
  const error = await failureOf(connect(t, server, options).setStatus(SOURCE, "REBUILD"), {
    httpStatus: 500,
    attempts: 1,
    outcome: "unknown",
  });
  assert.ok(["unavailable", "timeout"].includes(error.code), error.code);
});
