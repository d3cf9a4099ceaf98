import assert from "node:assert/strict";
import test from "node:test";
import { setImmediate } from "node:timers/promises";

import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { delayed, reply, reset, stall } from "../faults/steps.js";
import { Clock } from "./clock.js";
import { connect } from "./connect.js";
import { failureOf } from "./failure.js";
import { assertLedger } from "./ledger.js";
import { SOURCE, sources } from "./sample.js";
import { ATTEMPT_MS, assertGap, HOUR_MS, passing, throttled, watchFor } from "./waits.js";
import { heldWork } from "./work.js";

test("activity: closing IDLE waits out a Retry-After for which other calls have no time, though they may try but once", async (t) => {
  const server = await startFaultServer(t, [reply(), throttled("75"), reply()]);
  const clock = new Clock(t);
  const options = { onEvent: passing(clock), retry: { attempts: 1 }, totalTimeoutMs: 30_000 };
  const client = connect(t, server, options);
  assert.equal(await client.runActivity(SOURCE, "REBUILD", () => "done"), "done");
  assertLedger(server, "REBUILD", "IDLE", "IDLE");
  assertGap(server, 2, 75_000);
});

test("activity: a Retry-After that does not fit: left_active now, with retryAfterMs", async (t) => {
  const server = await startFaultServer(t, [reply(), throttled("3600")]);
  await failureOf(
    connect(t, server).runActivity(SOURCE, "REBUILD", () => "done"),
    { code: "left_active", attempts: 1, retryAfterMs: HOUR_MS, httpStatus: 429, value: "done" },
  );
});

test("activity: closing IDLE survives 20 failures of every kind, whatever retry.attempts is", async (t) => {
  const failures = [reply({ status: 500 }), reset(), reply({ status: 429 }), reply({ status: 503 })];
  const server = await startFaultServer(t, [reply(), ...Array(5).fill(failures).flat(), reply()]);
  const retry = { attempts: 1, baseDelayMs: 1, maxDelayMs: 8, unknownOutcome: "stop" };
  const client = connect(t, server, { retry });
  assert.equal(await client.runActivity(SOURCE, "REBUILD", () => "done"), "done");
  assert.equal(server.requests.filter(({ statusType }) => statusType === "IDLE").length, 21);
});

test("activity: closing IDLE has more time than totalTimeoutMs, and less than for ever", async (t) => {
  const server = await startFaultServer(t, [reply(), forever(reply({ status: 500 }))]);
  const clock = new Clock(t);
  const options = { onEvent: passing(clock), retry: { baseDelayMs: 1000 }, totalTimeoutMs: 30_000 };
  const client = connect(t, server, options);
  const error = await failureOf(
    client.runActivity(SOURCE, "REBUILD", () => {}),
    { code: "left_active", httpStatus: 500, outcome: "unknown" },
  );
  assert.ok(error.attempts > 5, `${error.attempts} attempts`);
  const usedMs = server.gap(2, server.requests.length);
  assert.ok(usedMs > 30_000, `the last attempt came after ${usedMs} ms`);
});

test("activity: a stalled attempt of IDLE is bounded, and tried again", async (t) => {
  const server = await startFaultServer(t, [reply(), stall(), reply()]);
  const clock = new Clock(t);
  const activity = connect(t, server).runActivity(SOURCE, "REBUILD", () => "done");
  await server.received(2);
  clock.pass(ATTEMPT_MS);
  assert.equal(await activity, "done");
  assertLedger(server, "REBUILD", "IDLE", "IDLE");
});

for (const status of [400, 401, 403, 404]) {
  test(`activity: IDLE is answered ${status}: final, no second attempt`, async (t) => {
    const server = await startFaultServer(t, [reply(), reply({ status })]);
    const activity = connect(t, server).runActivity(SOURCE, "REBUILD", () => "done");
    await failureOf(activity, {
      code: "left_active",
      httpStatus: status,
      attempts: 1,
      outcome: "not_applied",
    });
  });
}

test("activity: the token expires during the work: IDLE goes out with a new one", async (t) => {
  const server = await startFaultServer(t, [reply(), reply({ status: 401 }), reply()]);
  const tokens = ["the-first-token", "the-second-token"];
  const client = connect(t, server, { accessToken: async () => tokens.shift() });
  assert.equal(await client.runActivity(SOURCE, "REBUILD", () => "done"), "done");
  assert.deepEqual(
    server.requests.map((request) => [request.statusType, request.header("authorization")]),
    [
      ["REBUILD", "Bearer the-first-token"],
      ["IDLE", "Bearer the-first-token"],
      ["IDLE", "Bearer the-second-token"],
    ],
  );
});

test("activity: closing IDLE goes first when there is one slot for many calls", async (t) => {
  const [active, ...others] = sources(8);
  const server = await startFaultServer(t, () => delayed(15, reply()));
  const client = connect(t, server, { concurrency: 1 });
  const held = heldWork();
  const activity = client.runActivity(active, "REBUILD", held.work);
  await held.begun;
  const changes = others.map((sourceId) => ({ sourceId, statusType: "REFRESH" }));
  const bulk = client.setStatuses(changes.slice(0, 4));
  const singles = changes.slice(4).map(({ sourceId, statusType }) => client.setStatus(sourceId, statusType));
  await server.received(3);
  held.end();
  await activity;
  const sentBefore = server.requests.length;
  await Promise.all([bulk, ...singles]);
  const position = server.requests.findIndex(({ statusType }) => statusType === "IDLE");
  assert.ok(position <= 4, `IDLE went out at position ${position} of ${server.requests.length}`);
  assert.ok(sentBefore < server.requests.length, "it did not wait for the others");
});

test("activity: closing IDLE gets one attempt through a gate that is closed for an hour", async (t) => {
  const [active, throttledSource] = sources(2);
  const server = await startFaultServer(t, {
    [active]: [reply(), reply()],
    [throttledSource]: [throttled("3600")],
  });
  const client = connect(t, server);
  const work = () => failureOf(client.setStatus(throttledSource, "REBUILD"), { code: "throttled" });
  await client.runActivity(active, "REBUILD", work);
});

test("activity: its one attempt through a closed gate is throttled too: left_active at once", async (t) => {
  const [active, throttledSource] = sources(2);
  const server = await startFaultServer(t, {
    [active]: [reply(), throttled("3600")],
    [throttledSource]: [throttled("3600")],
  });
  const client = connect(t, server);
  const work = () => failureOf(client.setStatus(throttledSource, "REBUILD"), { code: "throttled" });
  await failureOf(client.runActivity(active, "REBUILD", work), { code: "left_active", attempts: 1 });
});

test("activity: an hour's gate that closes while IDLE waits for a slot takes nothing from its attempt", async (t) => {
  const [active, throttledSource] = sources(2);
  const server = await startFaultServer(t, {
    [active]: [reply(), reply()],
    [throttledSource]: [delayed(80, throttled("3600"))],
  });
  const client = connect(t, server, { concurrency: 1 });
  let blocked;
  const work = () => {
    blocked = failureOf(client.setStatus(throttledSource, "REBUILD"), { code: "throttled" });
  };
  assert.equal(await client.runActivity(active, "REBUILD", work), undefined);
  await blocked;
});

test("activity: a short gate is waited for, and IDLE is the probe", async (t) => {
  const [active, throttledSource] = sources(2);
  const server = await startFaultServer(t, {
    [active]: [reply(), reply()],
    [throttledSource]: [throttled("1"), reply()],
  });
  const clock = new Clock(t);
  const { onEvent, seen } = watchFor("retry");
  const client = connect(t, server, { onEvent });
  let other;
  const work = async () => {
    other = client.setStatus(throttledSource, "REFRESH");
    await seen;
  };
  const activity = client.runActivity(active, "REBUILD", work);
  const { delayMs } = await seen;
  await setImmediate();
  clock.pass(delayMs);
  await Promise.all([activity, other]);
  assertLedger(server, "REBUILD", "REFRESH", "IDLE", "REFRESH");
  assertGap(server, 2, 1000);
});
