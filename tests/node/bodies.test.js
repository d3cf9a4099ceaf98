import assert from "node:assert/strict";
import test from "node:test";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";

import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { flood, reply, resetBody, stallBody } from "../faults/steps.js";
import { Clock } from "./clock.js";
import { connect } from "./connect.js";
import { failureOf } from "./failure.js";
import { SOURCE } from "./sample.js";
import { ATTEMPT_MS, RELEASE_MS, TIMER_MS, watchFor } from "./waits.js";

/** The limit of a body, plus the buffers of the sockets. */
const READ_AT_MOST = 64 * 1024 + 4 * 1024 * 1024;

test("row 2: 201, then the body stalls: resolves at once, and the socket is given up soon", async (t) => {
  const server = await startFaultServer(t, [stallBody({ status: 201, body: "{" })]);
  const clock = new Clock(t);
  const update = await connect(t, server).setStatus(SOURCE, "REBUILD");
  assert.deepEqual([update.httpStatus, update.attempts], [201, 1]);
  assert.equal(server.requests[0].socketClosedAt, undefined);
  clock.pass(RELEASE_MS);
  await server.hungUp();
});

test("row 2: 201, then the body breaks: resolves, and nothing is rejected afterwards", async (t) => {
  const server = await startFaultServer(t, [resetBody({ status: 201, body: "{" })]);
  assert.equal((await connect(t, server).setStatus(SOURCE, "REBUILD")).attempts, 1);
  await server.hungUp();
  await sleep(30); // an unhandled rejection in this time fails the test
});

test("row 2: 201 with an endless body: resolves at once, and little of it is taken", async (t) => {
  const server = await startFaultServer(t, [flood({ status: 201 })]);
  assert.equal((await connect(t, server).setStatus(SOURCE, "REBUILD")).attempts, 1);
  const { bytesTaken } = await server.hungUp();
  assert.ok(bytesTaken < READ_AT_MOST, `${bytesTaken} bytes`);
});

const oddBodies = {
  nothing: "",
  null: "null",
  "an array": "[]",
  "a string": '"x"',
  "a number": "42",
  "broken JSON": '{"errorCode":"A',
  "invalid UTF-8": Buffer.from('{"errorCode":"\xff\xfe\xc0"}', "latin1"),
  "deep nesting": `${"[".repeat(30_000)}${"]".repeat(30_000)}`,
  "deeply nested objects": '{"errorCode":'.repeat(4000),
  "a lone surrogate": '{"errorCode":"\\ud800","message":"\\udfff"}',
  "a repeated key": '{"errorCode":1,"errorCode":null}',
  "NUL bytes": "\0".repeat(1000),
  HTML: "<html><body>Service Unavailable</body></html>",
};

for (const status of [500, 400]) {
  for (const [what, body] of Object.entries(oddBodies)) {
    test(`row 15: ${status} with a body of ${what}: the HTTP status is kept`, async (t) => {
      const server = await startFaultServer(t, [reply({ status, body })]);
      const error = await failureOf(
        connect(t, server, { retry: { attempts: 1 } }).setStatus(SOURCE, "IDLE"),
        {
          code: status === 500 ? "unavailable" : "rejected",
          httpStatus: status,
          attempts: 1,
        },
      );
      assert.ok(error.errorCode === undefined || error.errorCode.isWellFormed());
      assert.ok(error.message.isWellFormed());
    });
  }

  test(`row 15: ${status} with a body that does not match its encoding: the HTTP status is kept`, async (t) => {
    const answer = { status, headers: { "content-encoding": "gzip" }, body: '{"errorCode":"PLAIN"}' };
    const server = await startFaultServer(t, [reply(answer)]);
    const call = connect(t, server, { retry: { attempts: 1 } }).setStatus(SOURCE, "IDLE");
    await failureOf(call, { httpStatus: status, errorCode: undefined });
  });
}

test("row 16: 500 with a body of 100 MB: a bounded part is read, the rest is refused", async (t) => {
  const server = await startFaultServer(t, [flood({ status: 500 }), flood({ status: 500 })]);
  const client = connect(t, server, { retry: { attempts: 2 } });
  await failureOf(client.setStatus(SOURCE, "REBUILD"), { code: "unavailable", httpStatus: 500, attempts: 2 });
  for (const n of [1, 2]) {
    const { bytesTaken } = await server.hungUp(n);
    assert.ok(bytesTaken < READ_AT_MOST, `${bytesTaken} bytes`);
  }
});

const noErrorCodes = { "a number": 42, "a list": ["A"], "an object": { a: 1 }, true: true, null: null };

for (const [what, errorCode] of Object.entries(noErrorCodes)) {
  test(`row 17: an errorCode that is ${what} is ignored`, async (t) => {
    const body = JSON.stringify({ errorCode, message: { not: "a text" } });
    const server = await startFaultServer(t, [reply({ status: 400, body })]);
    const call = connect(t, server).setStatus(SOURCE, "REBUILD");
    await failureOf(call, { code: "rejected", httpStatus: 400, errorCode: undefined });
  });
}

for (const [what, length] of [
  ["1 MB", 1_000_000],
  ["60 kB", 60_000],
]) {
  test(`row 17: an errorCode and a message of ${what} are ignored, or cut on a character boundary`, async (t) => {
    const long = "\u{1f980}".repeat(length / 8);
    const body = JSON.stringify({ errorCode: long, message: `a${long}` });
    const server = await startFaultServer(t, [reply({ status: 400, body })]);
    const call = connect(t, server).setStatus(SOURCE, "REBUILD");
    const error = await failureOf(call, { code: "rejected", httpStatus: 400 });
    for (const text of [error.errorCode ?? "", error.message, error.hint ?? ""]) {
      assert.ok(text.length < 4096, `${text.length} characters`);
      assert.ok(text.isWellFormed() && !text.includes("\ufffd"));
    }
    assert.match(error.errorCode ?? "", /^\u{1f980}*…?$/u);
  });
}

test("row 17: an unknown errorCode is kept as it is, and control characters reach nobody's terminal", async (t) => {
  const server = await startFaultServer(t, [
    reply({ status: 413, body: JSON.stringify({ errorCode: "TOO_MANY_DOCUMENTS_DAILY" }) }),
    reply({
      status: 400,
      body: JSON.stringify({ errorCode: "A\u001b[31mB", message: "c\u0000d\r\ne\u009b" }),
    }),
  ]);
  const client = connect(t, server);
  const expected = { code: "rejected", errorCode: "TOO_MANY_DOCUMENTS_DAILY" };
  await failureOf(client.setStatus(SOURCE, "REBUILD"), expected);
  const error = await failureOf(client.setStatus(SOURCE, "REBUILD"), { code: "rejected", httpStatus: 400 });
  assert.doesNotMatch(`${error.errorCode}${error.message}`, /\p{Cc}/u);
});

for (const status of [500, 400, 401]) {
  test(`row 19: ${status}, then the body stalls: bounded by the attempt's timeout, the status is kept`, async (t) => {
    const server = await startFaultServer(t, [stallBody({ status, body: '{"errorCode":"A"' })]);
    const clock = new Clock(t);
    const { onEvent, seen } = watchFor("reply");
    const client = connect(t, server, { onEvent, retry: { attempts: 1 } });
    const call = client.setStatus(SOURCE, "REBUILD");
    await seen;
    clock.pass(ATTEMPT_MS);
    await failureOf(call, {
      code: { 500: "unavailable", 400: "rejected", 401: "unauthenticated" }[status],
      httpStatus: status,
      attempts: 1,
    });
    const { at, socketClosedAt } = await server.hungUp();
    const heldMs = socketClosedAt - at;
    assert.ok(heldMs >= ATTEMPT_MS - TIMER_MS, `the socket was held for ${heldMs} ms`);
  });
}

test("row 19: 500 with a stalled body for ever: each attempt is given up, and the error has the status 500", async (t) => {
  const server = await startFaultServer(t, [forever(stallBody({ status: 500 }))]);
  const clock = new Clock(t);
  const onEvent = async ({ type }) => {
    if (type !== "reply") return;
    await setImmediate();
    clock.pass(ATTEMPT_MS);
  };
  const client = connect(t, server, { onEvent, retry: { attempts: 3, baseDelayMs: 2 } });
  await failureOf(client.setStatus(SOURCE, "REBUILD"), {
    code: "unavailable",
    httpStatus: 500,
    attempts: 3,
    outcome: "unknown",
  });
  for (const n of [1, 2, 3]) await server.hungUp(n);
});

test("row 19: an error body that breaks does not hide the status", async (t) => {
  const server = await startFaultServer(t, [resetBody({ status: 403, body: '{"errorCode":"ACCESS' })]);
  const call = connect(t, server).setStatus(SOURCE, "REBUILD");
  await failureOf(call, { code: "forbidden", httpStatus: 403, attempts: 1, outcome: "not_applied" });
});
