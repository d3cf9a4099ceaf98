import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { startFaultServer } from "../faults/server.js";
import { delayed, reply } from "../faults/steps.js";
import { Clock } from "./clock.js";
import { connect } from "./connect.js";
import { reasonOf } from "./failure.js";
import { assertLedger } from "./ledger.js";
import { SOURCE, sources } from "./sample.js";
import { HOUR_MS, NEVER_MS, soon, TIMER_MS } from "./waits.js";
import { deafWork, deferred, heldWork, obedientWork, thrown } from "./work.js";

const reason = Object.freeze(new Error("no longer wanted"));

/** Starts an activity. Returns it when its work has begun, with a way to abort it. */
async function working(t, server, work, options = {}) {
  const controller = new AbortController();
  const begun = deferred();
  const attempts = [];
  const onEvent = ({ type, statusType }) => type === "attempt" && attempts.push(statusType);
  const activity = connect(t, server, { onEvent }).runActivity(
    SOURCE,
    "REBUILD",
    (context) => {
      begun.resolve(context);
      return work(context);
    },
    { signal: controller.signal, ...options },
  );
  return { activity, controller, attempts, context: await begun.promise };
}

test("activity: aborted during the work: it gets the signal, IDLE, then the reason", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const { activity, controller, context } = await working(t, server, obedientWork, {
    gracePeriodMs: NEVER_MS,
  });
  controller.abort(reason);
  assert.equal(context.signal.aborted, true);
  assert.equal(context.signal.reason, reason);
  assert.equal(await reasonOf(activity), reason);
  assertLedger(server, "REBUILD", "IDLE");
  assert.equal(getEventListeners(controller.signal, "abort").length, 0);
});

for (const [what, end] of [
  ["gives a value", () => "done all the same"],
  ["throws another error", () => Promise.reject(new Error("half a document"))],
]) {
  test(`activity: aborted, and the work ${what}: the reason comes out`, async (t) => {
    const server = await startFaultServer(t, [reply(), reply()]);
    const work = ({ signal }) => new Promise((resolve) => (signal.onabort = resolve)).then(end);
    const { activity, controller } = await working(t, server, work);
    controller.abort(reason);
    assert.equal(await reasonOf(activity), reason);
    assertLedger(server, "REBUILD", "IDLE");
  });
}

for (const [what, value] of Object.entries(thrown).filter(([, value]) => value !== undefined)) {
  test(`activity: aborted during the work with ${what}: rejects with that value`, async (t) => {
    const server = await startFaultServer(t, [reply(), reply()]);
    const { activity, controller, context } = await working(t, server, obedientWork);
    controller.abort(value);
    assert.ok(Object.is(context.signal.reason, value));
    assert.ok(Object.is(await reasonOf(activity), value));
    assertLedger(server, "REBUILD", "IDLE");
  });
}

test("activity: IDLE waits for work that needs a part of its grace to stop", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  let stoppedAt;
  const work = async ({ signal }) => {
    await new Promise((resolve) => (signal.onabort = resolve));
    await sleep(120);
    stoppedAt = performance.now();
  };
  const { activity, controller } = await working(t, server, work);
  controller.abort(reason);
  assert.equal(await reasonOf(activity), reason);
  assertLedger(server, "REBUILD", "IDLE");
  assert.ok(server.requests[1].at >= stoppedAt);
});

test("activity: IDLE does not wait longer than the grace for work that ignores the signal", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const clock = new Clock(t);
  const { activity, controller } = await working(t, server, deafWork, { gracePeriodMs: 2 * HOUR_MS });
  controller.abort(reason);
  clock.pass(HOUR_MS);
  await sleep(20);
  assertLedger(server, "REBUILD");
  clock.pass(HOUR_MS);
  assert.equal(await reasonOf(activity), reason);
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: 5 s of grace by default", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const clock = new Clock(t);
  const { activity, controller, attempts } = await working(t, server, deafWork);
  const abortedAt = performance.now();
  controller.abort(reason);
  clock.pass(5000 + TIMER_MS);
  await soon(() => attempts.length > 1);
  assert.deepEqual(attempts, ["REBUILD", "IDLE"]);
  assert.equal(await reasonOf(activity), reason);
  assertLedger(server, "REBUILD", "IDLE");
  assert.ok(server.requests[1].at - abortedAt >= 5000);
});

test("activity: no grace at all: IDLE at once", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const clock = new Clock(t);
  const { activity, controller, attempts } = await working(t, server, deafWork, { gracePeriodMs: 0 });
  controller.abort(reason);
  clock.pass(TIMER_MS);
  await soon(() => attempts.length > 1);
  assert.deepEqual(attempts, ["REBUILD", "IDLE"]);
  assert.equal(await reasonOf(activity), reason);
  assertLedger(server, "REBUILD", "IDLE");
});

for (const how of ["end", "fail"]) {
  test(`activity: work that comes to an end (${how}) long after its grace changes nothing`, async (t) => {
    const server = await startFaultServer(t, [reply(), reply()]);
    const held = heldWork();
    const { activity, controller } = await working(t, server, held.work, { gracePeriodMs: 10 });
    controller.abort(reason);
    assert.equal(await reasonOf(activity), reason);
    held[how](new Error("too late"));
    await sleep(20); // an unhandled rejection in this time fails the test
    assertLedger(server, "REBUILD", "IDLE");
  });
}

test("activity: work that ends while IDLE is in flight after its grace changes nothing", async (t) => {
  const server = await startFaultServer(t, [reply(), delayed(100, reply())]);
  const held = heldWork();
  const { activity, controller } = await working(t, server, held.work, { gracePeriodMs: 10 });
  controller.abort(reason);
  await server.received(2);
  held.end("done all the same");
  assert.equal(await reasonOf(activity), reason);
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: aborted during IDLE: no effect", async (t) => {
  const server = await startFaultServer(t, [reply(), delayed(80, reply())]);
  const controller = new AbortController();
  const activity = connect(t, server).runActivity(SOURCE, "REBUILD", () => "done", {
    signal: controller.signal,
  });
  await server.received(2);
  controller.abort(reason);
  assert.equal(await activity, "done");
  assertLedger(server, "REBUILD", "IDLE");
  assert.equal(getEventListeners(controller.signal, "abort").length, 0);
});

test("activity: aborted between two attempts of IDLE: no effect", async (t) => {
  const server = await startFaultServer(t, [reply(), reply({ status: 500 }), reply()]);
  const backingOff = deferred();
  const onEvent = ({ type }) => type === "retry" && backingOff.resolve();
  const controller = new AbortController();
  const client = connect(t, server, { onEvent, retry: { baseDelayMs: 60 } });
  const activity = client.runActivity(SOURCE, "REBUILD", () => "done", { signal: controller.signal });
  await backingOff.promise;
  controller.abort(reason);
  assert.equal(await activity, "done");
  assertLedger(server, "REBUILD", "IDLE", "IDLE");
});

test("activity: aborted during IDLE after the work threw: what it threw", async (t) => {
  const server = await startFaultServer(t, [reply(), delayed(80, reply())]);
  const controller = new AbortController();
  const failure = new Error("no disk left");
  const activity = connect(t, server).runActivity(SOURCE, "REBUILD", () => Promise.reject(failure), {
    signal: controller.signal,
  });
  await server.received(2);
  controller.abort(reason);
  assert.equal(await reasonOf(activity), failure);
});

test("activity: the work aborts its own signal and returns: the reason", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const controller = new AbortController();
  const work = () => controller.abort(reason);
  const activity = connect(t, server).runActivity(SOURCE, "REBUILD", work, { signal: controller.signal });
  assert.equal(await reasonOf(activity), reason);
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: aborted twice while stopping: the first reason, one IDLE", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const { activity, controller } = await working(t, server, deafWork, { gracePeriodMs: 40 });
  controller.abort(reason);
  controller.abort(new Error("hurry"));
  assert.equal(await reasonOf(activity), reason);
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: one signal ends all of its activities, and no others", async (t) => {
  const [spared, ...ended] = sources(4);
  const server = await startFaultServer(
    t,
    Object.fromEntries(sources(4).map((id) => [id, [reply(), reply()]])),
  );
  const client = connect(t, server);
  const controller = new AbortController();
  const options = { signal: controller.signal };
  const held = heldWork();
  const other = client.runActivity(spared, "REBUILD", held.work);
  const activities = ended.map((id) => client.runActivity(id, "REBUILD", obedientWork, options));
  await held.begun;
  await server.received(4);
  await sleep(20);
  controller.abort(reason);
  for (const activity of activities) assert.equal(await reasonOf(activity), reason);
  held.end("done");
  assert.equal(await other, "done");
  assert.equal(getEventListeners(controller.signal, "abort").length, 0);
});

test("activity: the work's signal is not the caller's: who aborts it stops nothing else", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const controller = new AbortController();
  const { activity, context } = await working(t, server, () => sleep(10, "done"), {
    signal: controller.signal,
  });
  assert.notEqual(context.signal, controller.signal);
  assert.equal(await activity, "done");
  assert.equal(context.signal.aborted, false);
  controller.abort(reason);
  assert.equal(context.signal.aborted, false, "the activity is over, and so is its signal's meaning");
});
