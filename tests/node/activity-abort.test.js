import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { delayed, reply, stall, stallBody } from "../faults/steps.js";
import { Clock } from "./clock.js";
import { connect } from "./connect.js";
import { reasonAtOnce, reasonOf } from "./failure.js";
import { assertLedger } from "./ledger.js";
import { SOURCE, sources } from "./sample.js";
import { afterEndOf, HOUR_MS, heldUntil, NEVER_MS, RELEASE_MS, TIMER_MS, throttled } from "./waits.js";
import { deferred, forbiddenWork } from "./work.js";

/** A backoff that is longer than any test. */
const OF_HOURS = { totalTimeoutMs: 3 * NEVER_MS, retry: { baseDelayMs: NEVER_MS, maxDelayMs: NEVER_MS } };

const reason = Object.freeze(new Error("no longer wanted"));

/** Begins an activity, in either form, whose work must not start. */
const begin = {
  runActivity: (client, sourceId, options) => client.runActivity(sourceId, "REBUILD", forbiddenWork, options),
  startActivity: (client, sourceId, options) => client.startActivity(sourceId, "REBUILD", options),
};

/** Aborts. Fails unless the activity rejects at once with the reason itself, and removes its listener. */
async function assertEndsAtOnce(controller, activity) {
  controller.abort(reason);
  assert.equal(await reasonAtOnce(activity), reason);
  assert.equal(getEventListeners(controller.signal, "abort").length, 0);
}

for (const [method, beginWith] of Object.entries(begin)) {
  test(`activity: ${method} aborted before: nothing is sent`, async (t) => {
    const server = await startFaultServer(t, []);
    const signal = AbortSignal.abort(reason);
    assert.equal(await reasonOf(beginWith(connect(t, server), SOURCE, { signal })), reason);
    assert.equal(server.connections, 0);
  });

  test(`activity: ${method} aborted in the same tick: fetch has the request already, so IDLE follows it`, async (t) => {
    const server = await startFaultServer(t, [reply(), reply()]);
    const controller = new AbortController();
    const activity = beginWith(connect(t, server), SOURCE, { signal: controller.signal });
    controller.abort(reason);
    assert.equal(await reasonOf(activity), reason);
    assertLedger(server, "REBUILD", "IDLE");
  });

  test(`activity: ${method} aborted in its lane, behind another call: it is never sent`, async (t) => {
    const aborted = deferred();
    const server = await startFaultServer(t, [heldUntil(() => aborted.promise, reply())]);
    const client = connect(t, server);
    const first = client.setStatus(SOURCE, "REFRESH");
    const controller = new AbortController();
    const activity = beginWith(client, SOURCE, { signal: controller.signal });
    await server.received();
    await assertEndsAtOnce(controller, activity);
    aborted.resolve();
    await first;
    assertLedger(server, "REFRESH");
  });

  test(`activity: ${method} aborted while all places are taken: it is never sent`, async (t) => {
    const [taken, waiting] = sources(2);
    const aborted = deferred();
    const server = await startFaultServer(t, { [taken]: [heldUntil(() => aborted.promise, reply())] });
    const client = connect(t, server, { concurrency: 1 });
    const first = client.setStatus(taken, "REFRESH");
    const controller = new AbortController();
    const activity = beginWith(client, waiting, { signal: controller.signal });
    await server.received();
    await assertEndsAtOnce(controller, activity);
    aborted.resolve();
    await first;
  });

  test(`activity: ${method} aborted at a closed gate: it is never sent`, async (t) => {
    const [first, second] = sources(2);
    const server = await startFaultServer(t, { [first]: [throttled("20")] });
    const isThrottled = deferred();
    const onEvent = ({ type }) => type === "throttled" && isThrottled.resolve();
    const client = connect(t, server, { onEvent });
    const [one, two] = [new AbortController(), new AbortController()];
    const blocking = client.setStatus(first, "REFRESH", { signal: one.signal });
    await isThrottled.promise;
    await assertEndsAtOnce(two, beginWith(client, second, { signal: two.signal }));
    await assertEndsAtOnce(one, blocking);
  });

  test(`activity: ${method} aborted while the token function is asked: nothing is sent`, async (t) => {
    const server = await startFaultServer(t, []);
    const asked = deferred();
    const accessToken = () => {
      asked.resolve();
      return new Promise(() => {});
    };
    const controller = new AbortController();
    const activity = beginWith(connect(t, server, { accessToken }), SOURCE, { signal: controller.signal });
    await asked.promise;
    await assertEndsAtOnce(controller, activity);
    assert.equal(server.connections, 0);
  });

  test(`activity: ${method} aborted in flight: the socket closes, IDLE, then the reason`, async (t) => {
    const server = await startFaultServer(t, [
      stall(),
      afterEndOf(() => server.requests[0], delayed(60, reply())),
    ]);
    const clock = new Clock(t);
    const controller = new AbortController();
    const activity = beginWith(connect(t, server), SOURCE, { signal: controller.signal });
    await server.received();
    controller.abort(reason);
    clock.pass(RELEASE_MS);
    assert.equal(await reasonOf(activity), reason);
    assertLedger(server, "REBUILD", "IDLE");
    const [, idle] = server.requests;
    assert.ok(performance.now() - idle.at >= 60 - TIMER_MS, "the reason came before IDLE was set");
    assert.equal(getEventListeners(controller.signal, "abort").length, 0);
  });

  test(`activity: ${method} aborted while an error's body is read: IDLE, then the reason`, async (t) => {
    const server = await startFaultServer(t, [stallBody({ status: 500, body: "{" }), reply()]);
    const replied = deferred();
    const onEvent = ({ type }) => type === "reply" && replied.resolve();
    const controller = new AbortController();
    const clock = new Clock(t);
    const activity = beginWith(connect(t, server, { onEvent }), SOURCE, { signal: controller.signal });
    await replied.promise;
    controller.abort(reason);
    clock.pass(RELEASE_MS);
    assert.equal(await reasonOf(activity), reason);
    assertLedger(server, "REBUILD", "IDLE");
  });

  for (const [what, step] of [
    ["429", reply({ status: 429 })],
    ["429 with Retry-After", throttled("20")],
    ["503", reply({ status: 503 })],
  ]) {
    test(`activity: ${method} aborted in the backoff after ${what}: no IDLE, it was not applied`, async (t) => {
      const server = await startFaultServer(t, [step]);
      const backingOff = deferred();
      const onEvent = ({ type }) => type === "retry" && backingOff.resolve();
      const client = connect(t, server, { onEvent });
      const clock = new Clock(t);
      const controller = new AbortController();
      const activity = beginWith(client, SOURCE, { signal: controller.signal });
      await backingOff.promise;
      await assertEndsAtOnce(controller, activity);
      clock.pass(HOUR_MS);
      await client.close();
      assertLedger(server, "REBUILD");
    });
  }

  test(`activity: ${method} aborted in the backoff after 500: IDLE at once, then the reason`, async (t) => {
    const server = await startFaultServer(t, [reply({ status: 500 }), reply()]);
    const backingOff = deferred();
    const onEvent = ({ type }) => type === "retry" && backingOff.resolve();
    const client = connect(t, server, { onEvent, ...OF_HOURS });
    const controller = new AbortController();
    const activity = beginWith(client, SOURCE, { signal: controller.signal });
    await backingOff.promise;
    controller.abort(reason);
    assert.equal(await reasonOf(activity), reason);
    assertLedger(server, "REBUILD", "IDLE");
  });

  test(`activity: ${method} aborted in the backoff after 500 and then 429: IDLE`, async (t) => {
    const server = await startFaultServer(t, [reply({ status: 500 }), reply({ status: 429 }), reply()]);
    const twice = deferred();
    const retries = [];
    const onEvent = ({ type }) => type === "retry" && retries.push(type) === 2 && twice.resolve();
    const controller = new AbortController();
    const activity = beginWith(connect(t, server, { onEvent }), SOURCE, { signal: controller.signal });
    await twice.promise;
    controller.abort(reason);
    assert.equal(await reasonOf(activity), reason);
    assertLedger(server, "REBUILD", "REBUILD", "IDLE");
  });
}

test("activity: aborted with any value, before and in flight: rejects with that value", async (t) => {
  const clock = new Clock(t);
  for (const value of ["a text", "", 42, 0, false, null, Symbol("a symbol")]) {
    const server = await startFaultServer(t, [stall(), reply()]);
    const client = connect(t, server);
    const controller = new AbortController();
    const { signal } = controller;
    const activity = client.runActivity(SOURCE, "REBUILD", forbiddenWork, { signal });
    await server.received();
    controller.abort(value);
    clock.pass(RELEASE_MS);
    assert.equal(await reasonOf(activity), value);
    assert.equal(await reasonOf(client.startActivity(SOURCE, "REBUILD", { signal })), value);
    assertLedger(server, "REBUILD", "IDLE");
  }
});
