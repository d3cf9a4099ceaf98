import assert from "node:assert/strict";
import test from "node:test";

import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "./connect.js";
import { assertSays, failureOf } from "./failure.js";
import { SOURCE } from "./sample.js";
import { assertGap, recordDelays } from "./waits.js";

const gateway = { headers: { "content-type": "text/html" }, body: "<html><h1>Bad Gateway</h1></html>" };

const failing = [
  { what: "500", answer: { status: 500 }, outcome: "unknown" },
  { what: "502 with HTML", answer: { status: 502, ...gateway }, outcome: "unknown" },
  { what: "503", answer: { status: 503 }, outcome: "not_applied" },
  { what: "504", answer: { status: 504 }, outcome: "unknown" },
  { what: "408", answer: { status: 408 }, outcome: "unknown" },
  { what: "507", answer: { status: 507 }, outcome: "unknown" },
  { what: "599", answer: { status: 599 }, outcome: "unknown" },
];

for (const { what, answer, outcome } of failing) {
  test(`row 13: ${what}, then 201: a second request, and done`, async (t) => {
    const server = await startFaultServer(t, [reply(answer), reply()]);
    const update = await connect(t, server).setStatus(SOURCE, "REBUILD");
    assert.deepEqual([update.httpStatus, update.attempts], [201, 2]);
    const [first, second] = server.requests;
    assert.deepEqual([second.target, second.body], [first.target, first.body]);
  });

  test(`row 13: ${what} for ever: the HTTP status is kept, the outcome is ${outcome}`, async (t) => {
    const server = await startFaultServer(t, [forever(reply(answer))]);
    const client = connect(t, server, { retry: { attempts: 3, baseDelayMs: 2 } });
    const error = await failureOf(client.setStatus(SOURCE, "REBUILD"), {
      code: "unavailable",
      httpStatus: answer.status,
      attempts: 3,
      outcome,
      sourceId: SOURCE,
      statusType: "REBUILD",
    });
    assert.equal(server.requests.length, 3);
    assertSays(error, server.host, SOURCE, "REBUILD", String(answer.status), "3 attempts");
  });
}

test("row 13: there are five attempts by default", async (t) => {
  const server = await startFaultServer(t, [forever(reply({ status: 500 }))]);
  const client = connect(t, server, { retry: { baseDelayMs: 1 } });
  await failureOf(client.setStatus(SOURCE, "REBUILD"), { code: "unavailable", attempts: 5 });
  assert.equal(server.requests.length, 5);
});

test("row 13: each delay is drawn from the upper half of a doubling backoff, up to its cap", async (t) => {
  const server = await startFaultServer(t, [forever(reply({ status: 500 }))]);
  const { delays, onEvent } = recordDelays();
  const client = connect(t, server, { onEvent, retry: { attempts: 6, baseDelayMs: 40, maxDelayMs: 80 } });
  await failureOf(client.setStatus(SOURCE, "REBUILD"), { attempts: 6 });
  const most = [40, 80, 80, 80, 80];
  assert.equal(delays.length, most.length);
  for (const [index, delayMs] of delays.entries()) {
    assert.ok(delayMs >= most[index] / 2 && delayMs <= most[index], `${delayMs} ms of ${most[index]}`);
    assertGap(server, index + 1, delayMs);
  }
});

test('row 13: unknownOutcome "stop": what may have been applied is not sent again', async (t) => {
  const server = await startFaultServer(t, [reply({ status: 500 })]);
  const client = connect(t, server, { retry: { unknownOutcome: "stop" } });
  await failureOf(client.setStatus(SOURCE, "REBUILD"), {
    code: "unavailable",
    httpStatus: 500,
    attempts: 1,
    outcome: "unknown",
  });
});

test('row 13: unknownOutcome "stop": what was not applied is sent again all the same', async (t) => {
  const server = await startFaultServer(t, [reply({ status: 503 }), reply({ status: 429 }), reply()]);
  const client = connect(t, server, { retry: { unknownOutcome: "stop", baseDelayMs: 2 } });
  assert.equal((await client.setStatus(SOURCE, "REBUILD")).attempts, 3);
});

test("row 13: the outcome is the worst of all attempts", async (t) => {
  const server = await startFaultServer(t, {
    "throttled-last": [reply({ status: 500 }), reply({ status: 429 })],
    "forbidden-last": [reply({ status: 502 }), reply({ status: 403 })],
    "never-applied": [reply({ status: 503 }), reply({ status: 403 })],
  });
  const client = connect(t, server, { retry: { attempts: 2, baseDelayMs: 2 } });
  await failureOf(client.setStatus("throttled-last", "IDLE"), { code: "throttled", outcome: "unknown" });
  await failureOf(client.setStatus("forbidden-last", "IDLE"), {
    code: "forbidden",
    httpStatus: 403,
    attempts: 2,
    outcome: "unknown",
  });
  await failureOf(client.setStatus("never-applied", "IDLE"), { code: "forbidden", outcome: "not_applied" });
});

for (const status of [500, 503, 429, 408]) {
  test(`row 33: a connection that answered ${status} is used for the retries`, async (t) => {
    const body = JSON.stringify({ errorCode: "SOME_CODE", message: "x".repeat(2000) });
    const server = await startFaultServer(t, [
      reply({ status, body }),
      reply({ status, body }),
      reply({ status, body }),
      reply({ body: "{}" }),
    ]);
    const update = await connect(t, server).setStatus(SOURCE, "REBUILD");
    assert.equal(update.attempts, 4);
    assert.equal(server.connections, 1);
  });
}

test("row 33: calls one after another share connections", async (t) => {
  const server = await startFaultServer(t, [forever(reply({ body: "{}" }))]);
  const client = connect(t, server);
  for (let n = 0; n < 50; n += 1) await client.setStatus(SOURCE, n % 2 ? "IDLE" : "REBUILD");
  assert.ok(server.connections <= 2, `${server.connections} connections`);
});
