import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import test from "node:test";
import { setImmediate } from "node:timers/promises";

import { startFaultServer } from "../faults/server.js";
import { reply, stall, stallBody } from "../faults/steps.js";
import { Clock } from "./clock.js";
import { connect } from "./connect.js";
import { checked, reasonAtOnce, reasonOf } from "./failure.js";
import { runProgram } from "./program.js";
import { SOURCE, sources } from "./sample.js";
import { HOUR_MS, NEVER_MS, watchFor } from "./waits.js";

/** Aborts. Fails unless the call rejects at once with the reason itself, and removes its listener. */
async function assertCancels(controller, call, reason = new Error("no longer wanted")) {
  controller.abort(reason);
  assert.equal(await reasonAtOnce(call), reason);
  assert.equal(getEventListeners(controller.signal, "abort").length, 0);
}

test("row 24: aborted before the call: nothing is sent", async (t) => {
  const server = await startFaultServer(t, []);
  const reason = new Error("too late");
  const call = connect(t, server).setStatus(SOURCE, "REBUILD", { signal: AbortSignal.abort(reason) });
  assert.equal(await reasonOf(call), reason);
  assert.equal(server.connections, 0);
});

test("row 24: aborted in the same tick as the call: nothing is sent", async (t) => {
  const server = await startFaultServer(t, []);
  const controller = new AbortController();
  const call = connect(t, server).setStatus(SOURCE, "REBUILD", { signal: controller.signal });
  await assertCancels(controller, call);
});

test("row 24: aborted in flight: settles at once, and the socket is closed", async (t) => {
  const server = await startFaultServer(t, [stall()]);
  const controller = new AbortController();
  const call = connect(t, server).setStatus(SOURCE, "REBUILD", { signal: controller.signal });
  await server.received();
  await assertCancels(controller, call);
  await server.hungUp();
});

test("row 24: aborted while an error's body is read: settles at once, and the socket is closed", async (t) => {
  const server = await startFaultServer(t, [stallBody({ status: 500, body: "{" })]);
  const controller = new AbortController();
  const { onEvent, seen } = watchFor("reply");
  const call = connect(t, server, { onEvent }).setStatus(SOURCE, "REBUILD", { signal: controller.signal });
  await seen;
  await assertCancels(controller, call);
  await server.hungUp();
});

for (const status of [500, 429]) {
  test(`row 24: aborted in the backoff after ${status}: settles at once, and nothing is sent any more`, async (t) => {
    const server = await startFaultServer(t, [reply({ status })]);
    const controller = new AbortController();
    const { onEvent, seen } = watchFor("retry");
    const client = connect(t, server, { onEvent });
    const clock = new Clock(t);
    const call = client.setStatus(SOURCE, "REBUILD", { signal: controller.signal });
    await seen;
    await assertCancels(controller, call);
    clock.pass(HOUR_MS);
  });
}

test("row 24: aborted in the backoff: no timer keeps the process alive", async (t) => {
  const server = await startFaultServer(t, [reply({ status: 500 })]);
  const { code, stdout, stderr } = await runProgram(
    t,
    `
    const controller = new AbortController();
    const client = new StatusClient({
      organizationId: ORGANIZATION, accessToken: TOKEN, endpoint: process.argv[1],
      totalTimeoutMs: 3 * ${NEVER_MS}, retry: { baseDelayMs: ${NEVER_MS}, maxDelayMs: ${NEVER_MS} },
      onEvent: ({ type }) => type === "retry" && setImmediate(() => controller.abort("enough")),
    });
    console.log(await client.setStatus(SOURCE, "REBUILD", controller).catch((reason) => reason));`,
    { args: [server.endpoint] },
  );
  assert.deepEqual([code, stdout], [0, "enough\n"], stderr);
});

test("row 24: aborted after success: no effect", async (t) => {
  const server = await startFaultServer(t, [reply({ body: "{}" }), reply()]);
  const client = connect(t, server);
  const controller = new AbortController();
  const update = await client.setStatus(SOURCE, "REBUILD", { signal: controller.signal });
  assert.equal(getEventListeners(controller.signal, "abort").length, 0);
  controller.abort();
  assert.equal(update.httpStatus, 201);
  assert.equal((await client.setStatus(SOURCE, "IDLE")).httpStatus, 201);
});

test("row 24: aborted while a call for the same source goes first: never sent", async (t) => {
  const server = await startFaultServer(t, [stall()]);
  const client = connect(t, server);
  const first = new AbortController();
  const blocking = client.setStatus(SOURCE, "REBUILD", { signal: first.signal });
  const second = new AbortController();
  const waiting = client.setStatus(SOURCE, "IDLE", { signal: second.signal });
  await server.received();
  await assertCancels(second, waiting);
  await assertCancels(first, blocking);
});

test("row 24: aborted while all places are taken: never sent", async (t) => {
  const [busy, queued] = sources(2);
  const server = await startFaultServer(t, { [busy]: [stall()] });
  const client = connect(t, server, { concurrency: 1 });
  const first = new AbortController();
  const blocking = client.setStatus(busy, "REBUILD", { signal: first.signal });
  const second = new AbortController();
  const waiting = client.setStatus(queued, "REBUILD", { signal: second.signal });
  await server.received();
  await assertCancels(second, waiting);
  await assertCancels(first, blocking);
});

test("row 24: aborted at a closed gate: never sent", async (t) => {
  const [throttled, waiting] = sources(2);
  const server = await startFaultServer(t, {
    [throttled]: [reply({ status: 429, headers: { "retry-after": "20" } })],
  });
  const { onEvent, seen } = watchFor("throttled");
  const client = connect(t, server, { onEvent });
  const first = new AbortController();
  const blocking = client.setStatus(throttled, "REBUILD", { signal: first.signal });
  await seen;
  const second = new AbortController();
  const gated = client.setStatus(waiting, "REBUILD", { signal: second.signal });
  await setImmediate();
  await assertCancels(second, gated);
  await assertCancels(first, blocking);
});

test("row 24: aborted while the token function is asked: nothing is sent", async (t) => {
  const server = await startFaultServer(t, []);
  const controller = new AbortController();
  const client = connect(t, server, { accessToken: () => new Promise(() => {}) });
  const call = client.setStatus(SOURCE, "REBUILD", { signal: controller.signal });
  await setImmediate();
  await assertCancels(controller, call);
});

test("row 24: one signal ends all of its calls, and no others", async (t) => {
  const [spared, ...ended] = sources(6);
  const server = await startFaultServer(t, {
    ...Object.fromEntries(ended.map((id) => [id, [stall()]])),
    [spared]: [reply()],
  });
  const client = connect(t, server);
  const controller = new AbortController();
  const calls = ended.map((id) => client.setStatus(id, "REBUILD", { signal: controller.signal }));
  await server.received(ended.length);
  controller.abort();
  for (const call of calls) assert.equal(await reasonOf(call), controller.signal.reason);
  assert.equal((await client.setStatus(spared, "REBUILD")).httpStatus, 201);
});

for (const reason of ["a text", "", 42, 0, false, null, Symbol("a symbol"), { an: "object" }]) {
  test(`row 25: aborted with ${String(reason)} (${typeof reason}): rejects with that value`, async (t) => {
    const server = await startFaultServer(t, [stall()]);
    const controller = new AbortController();
    const client = connect(t, server);
    const call = client.setStatus(SOURCE, "REBUILD", { signal: controller.signal });
    await server.received();
    await assertCancels(controller, call, reason);
    assert.equal(await reasonOf(client.setStatus(SOURCE, "IDLE", { signal: controller.signal })), reason);
  });
}

test("row 25: a signal's own timeout rejects with the signal's TimeoutError", async (t) => {
  // On a slow machine, the time may be over before the request arrives.
  const server = await startFaultServer(t, [stall()], { unusedSteps: "allow" });
  const signal = AbortSignal.timeout(60);
  const reason = await reasonOf(connect(t, server).setStatus(SOURCE, "REBUILD", { signal }));
  assert.equal(reason, signal.reason);
  assert.equal(reason.name, "TimeoutError");
});

/** Runs both in one turn of the event loop, one after the other. */
const orders = {
  "abort, then timeout": [["abort", "pass"], "aborted"],
  "timeout, then abort": [["pass", "abort"], "timeout"],
};

for (const [what, [order, expected]] of Object.entries(orders)) {
  test(`row 26: ${what} in one tick: one of the two ends the call, and the other has no effect`, async (t) => {
    const server = await startFaultServer(t, [stall()]);
    const clock = new Clock(t);
    const ends = [];
    const client = connect(t, server, {
      attemptTimeoutMs: HOUR_MS,
      totalTimeoutMs: HOUR_MS,
      onEvent: (event) => ["done", "failed"].includes(event.type) && ends.push(event.code),
    });
    const controller = new AbortController();
    const call = client.setStatus(SOURCE, "REBUILD", { signal: controller.signal });
    await server.received();
    const both = { abort: () => controller.abort("aborted"), pass: () => clock.pass(HOUR_MS) };
    for (const name of order) both[name]();
    const reason = await reasonOf(call);
    if (expected === "timeout") checked(reason, { code: "timeout", attempts: 1, outcome: "unknown" });
    else assert.equal(reason, "aborted");
    await server.hungUp();
    clock.pass(HOUR_MS);
    await setImmediate();
    assert.deepEqual(ends, [expected === "timeout" ? "timeout" : "cancelled"]);
    await client.close();
    assert.equal(getEventListeners(controller.signal, "abort").length, 0);
  });
}
