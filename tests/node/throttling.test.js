import assert from "node:assert/strict";
import test, { describe } from "node:test";

import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { Clock } from "./clock.js";
import { connect } from "./connect.js";
import { assertSays, failureOf } from "./failure.js";
import { SOURCE } from "./sample.js";
import { assertGap, assertWait, passing, recordDelays, throttled } from "./waits.js";

/** Each of these waits for a second, and they run at once. */
describe("waits that a server asks for", { concurrency: true }, () => {
  test("row 6: 429 with Retry-After: 1, then 201: two requests at least 1 s apart", async (t) => {
    const server = await startFaultServer(t, [throttled("1"), reply()]);
    const { delays, onEvent } = recordDelays();
    const update = await connect(t, server, { onEvent }).setStatus(SOURCE, "REBUILD");
    assert.deepEqual([update.httpStatus, update.attempts], [201, 2]);
    assertWait(server, delays, 1000);
  });

  test("row 6: the wait that is asked for may be longer than the cap of the backoff", async (t) => {
    const server = await startFaultServer(t, [throttled("1"), reply()]);
    const { delays, onEvent } = recordDelays();
    const client = connect(t, server, { onEvent, retry: { baseDelayMs: 1, maxDelayMs: 1 } });
    await client.setStatus(SOURCE, "REBUILD");
    assertWait(server, delays, 1000);
  });

  test("row 12: 503 with Retry-After: 1, then 201: resolves after that second", async (t) => {
    const server = await startFaultServer(t, [
      reply({ status: 503, headers: { "retry-after": "1" } }),
      reply(),
    ]);
    const { delays, onEvent } = recordDelays();
    assert.equal((await connect(t, server, { onEvent }).setStatus(SOURCE, "REBUILD")).attempts, 2);
    assertWait(server, delays, 1000);
  });
});

test("row 7: 429 without the header, for ever: throttled after the last attempt", async (t) => {
  const body = JSON.stringify({ errorCode: "TOO_MANY_REQUESTS", message: "slow down" });
  const server = await startFaultServer(t, [forever(reply({ status: 429, body }))]);
  const client = connect(t, server, { retry: { baseDelayMs: 1 } });
  const error = await failureOf(client.setStatus(SOURCE, "REBUILD"), {
    code: "throttled",
    httpStatus: 429,
    errorCode: "TOO_MANY_REQUESTS",
    attempts: 5,
    outcome: "not_applied",
    retryAfterMs: undefined,
    sourceId: SOURCE,
  });
  assert.equal(server.requests.length, 5);
  assertSays(error, server.host, SOURCE, "5 attempts");
});

test("row 7: without the header, the base of the backoff is four times as long", async (t) => {
  const server = await startFaultServer(t, [forever(reply({ status: 429 }))]);
  const { delays, onEvent } = recordDelays();
  const client = connect(t, server, { onEvent, retry: { attempts: 4 } });
  await failureOf(client.setStatus(SOURCE, "REBUILD"), { code: "throttled", attempts: 4 });
  for (const [index, most] of [40, 80, 160].entries()) {
    const delayMs = delays[index];
    assert.ok(delayMs >= most / 2 && delayMs <= most, `delay ${index + 1}: ${delayMs} ms of ${most}`);
    assertGap(server, index + 1, delayMs);
  }
});

test("row 7: without the header, the cap of the backoff is two and a half times as high", async (t) => {
  const server = await startFaultServer(t, [forever(reply({ status: 429 }))]);
  const { delays, onEvent } = recordDelays();
  const client = connect(t, server, { onEvent, retry: { attempts: 4, baseDelayMs: 40, maxDelayMs: 40 } });
  await failureOf(client.setStatus(SOURCE, "REBUILD"), { code: "throttled", attempts: 4 });
  for (const n of [1, 2, 3]) {
    const delayMs = delays[n - 1];
    assert.ok(delayMs >= 50 && delayMs <= 100, `delay ${n}: ${delayMs} ms`);
    assertGap(server, n, delayMs);
  }
});

test("row 8: 429 with minutes for which the budget has room: they are waited out", async (t) => {
  const server = await startFaultServer(t, [throttled("150"), reply()]);
  const clock = new Clock(t);
  const client = connect(t, server, { onEvent: passing(clock), totalTimeoutMs: 180_000 });
  assert.equal((await client.setStatus(SOURCE, "REBUILD")).attempts, 2);
  assertGap(server, 1, 150_000);
});

const tooLong = [
  { what: "429 with 3600", status: 429, seconds: 3600, code: "throttled" },
  { what: "429 with more than the remaining budget", seconds: 50, options: { totalTimeoutMs: 40_000 } },
  { row: 12, what: "503 with 3600", status: 503, seconds: 3600, code: "unavailable" },
];

for (const { row = 8, what, status = 429, seconds, code = "throttled", options } of tooLong) {
  test(`row ${row}: ${what}: rejects now, with the time to wait`, async (t) => {
    const server = await startFaultServer(t, [
      reply({ status, headers: { "retry-after": String(seconds) } }),
    ]);
    await failureOf(connect(t, server, options).setStatus(SOURCE, "REBUILD"), {
      code,
      httpStatus: status,
      attempts: 1,
      outcome: "not_applied",
      retryAfterMs: seconds * 1000,
    });
  });
}
