import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { reply, stall, stallBody } from "../faults/steps.js";
import { connect } from "./connect.js";
import { reasonOf } from "./failure.js";
import { StatusError } from "./package.js";
import { runProgram } from "./program.js";
import { SOURCE, sources } from "./sample.js";
import { watchFor } from "./waits.js";

/** The longest that a cancelled call may take to settle. */
const PROMPT_MS = 50;

/** Aborts, and checks that the call rejects promptly, with the very reason, and takes its listener along. */
async function assertCancels(controller, call, reason = new Error("no longer wanted")) {
  const abortedAt = performance.now();
  controller.abort(reason);
  assert.equal(await reasonOf(call), reason);
  const tookMs = performance.now() - abortedAt;
  assert.ok(tookMs < PROMPT_MS, `settled after ${tookMs} ms`);
  assert.equal(getEventListeners(controller.signal, "abort").length, 0);
  return abortedAt;
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
  const abortedAt = await assertCancels(controller, call);
  const { socketClosedAt } = await server.hungUp();
  assert.ok(socketClosedAt - abortedAt < 250, `closed after ${socketClosedAt - abortedAt} ms`);
});

test("row 24: aborted while an error's body is read: settles at once, and the socket is closed", async (t) => {
  const server = await startFaultServer(t, [stallBody({ status: 500, body: "{" })]);
  const controller = new AbortController();
  const call = connect(t, server).setStatus(SOURCE, "REBUILD", { signal: controller.signal });
  await server.received();
  await sleep(30);
  await assertCancels(controller, call);
  await server.hungUp();
});

for (const status of [500, 429]) {
  test(`row 24: aborted in the backoff after ${status}: settles at once, and nothing is sent any more`, async (t) => {
    const server = await startFaultServer(t, [reply({ status })]);
    const controller = new AbortController();
    const { onEvent, seen } = watchFor("retry");
    const client = connect(t, server, { onEvent, retry: { baseDelayMs: 200 } });
    const call = client.setStatus(SOURCE, "REBUILD", { signal: controller.signal });
    await seen;
    await assertCancels(controller, call);
    await sleep(900);
  });
}

test("row 24: aborted in the backoff: no timer keeps the process alive", async (t) => {
  const server = await startFaultServer(t, [reply({ status: 500 })]);
  const { code, stdout, stderr } = await runProgram(
    t,
    `
    const controller = new AbortController();
    const client = new StatusClient({
      organizationId: ORGANIZATION, accessToken: TOKEN, endpoint: process.argv[1], retry: { baseDelayMs: 8000 },
    });
    const call = client.setStatus(SOURCE, "REBUILD", { signal: controller.signal });
    setTimeout(() => controller.abort("enough"), 200);
    console.log(await call.catch((reason) => reason));
    const cancelledAt = performance.now();
    process.on("exit", () => console.log(performance.now() - cancelledAt));`,
    { args: [server.endpoint] },
  );
  assert.equal(code, 0, stderr);
  const [reason, aliveMs] = stdout.trim().split("\n");
  assert.equal(reason, "enough");
  assert.ok(Number(aliveMs) < 2500, `alive for ${aliveMs} ms`);
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
  await sleep(10);
  await assertCancels(second, gated);
  await assertCancels(first, blocking);
});

test("row 24: aborted while the token function is asked: nothing is sent", async (t) => {
  const server = await startFaultServer(t, []);
  const controller = new AbortController();
  const client = connect(t, server, { accessToken: () => new Promise(() => {}) });
  const call = client.setStatus(SOURCE, "REBUILD", { signal: controller.signal });
  await sleep(10);
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
  const server = await startFaultServer(t, [stall()]);
  const signal = AbortSignal.timeout(60);
  const reason = await reasonOf(connect(t, server).setStatus(SOURCE, "REBUILD", { signal }));
  assert.equal(reason, signal.reason);
  assert.equal(reason.name, "TimeoutError");
});

test("row 26: abort and timeout in one tick: settles once, with one of the two", async (t) => {
  const server = await startFaultServer(t, [forever(stall())]);
  const client = connect(t, server, { attemptTimeoutMs: 40, retry: { attempts: 1 } });
  for (let run = 0; run < 5; run += 1) {
    const controller = new AbortController();
    let settled = 0;
    const call = client.setStatus(SOURCE, "REBUILD", { signal: controller.signal });
    call.catch(() => (settled += 1));
    await server.received(run + 1);
    const timer = setTimeout(() => controller.abort("aborted"), 30 + 5 * (run % 3));
    // Whatever is due in the meantime comes in one turn of the event loop.
    const until = performance.now() + 80;
    while (performance.now() < until);
    const reason = await reasonOf(call);
    clearTimeout(timer);
    assert.ok(
      reason === "aborted" || (reason instanceof StatusError && reason.code === "timeout"),
      `${reason}`,
    );
    await sleep(5);
    assert.equal(settled, 1);
  }
});
