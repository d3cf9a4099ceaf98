import assert from "node:assert/strict";
import test from "node:test";

import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { delayed, reply, reset, stall, stallBody } from "../faults/steps.js";
import { Clock } from "./clock.js";
import { connect } from "./connect.js";
import { failureOf } from "./failure.js";
import { SOURCE, sources } from "./sample.js";
import { ATTEMPT_MS, afterEndOf, heldUntil, RELEASE_MS, soon } from "./waits.js";
import { deferred } from "./work.js";

const typesOf = (server) => server.requests.map(({ statusType }) => statusType);

test("order: a throttled REBUILD lands before the IDLE that was called after it", async (t) => {
  for (let run = 0; run < 10; run += 1) {
    const server = await startFaultServer(t, [reply({ status: 429 }), reply(), reply()]);
    const client = connect(t, server, { retry: { baseDelayMs: 1 } });
    const calls = [client.setStatus(SOURCE, "REBUILD"), client.setStatus(SOURCE, "IDLE")];
    await Promise.all(calls);
    assert.deepEqual(typesOf(server), ["REBUILD", "REBUILD", "IDLE"]);
  }
});

test("order: calls for one source go out one at a time, whatever becomes of those before", async (t) => {
  const server = await startFaultServer(t, [
    delayed(40, reply()),
    reset(),
    reply(),
    reply({ status: 404 }),
    stall(),
    reply(),
    reply(),
  ]);
  const clock = new Clock(t);
  const client = connect(t, server);
  const calls = ["REBUILD", "REFRESH", "INCREMENTAL", "IDLE", "REBUILD"].map((statusType) =>
    client.setStatus(SOURCE, statusType),
  );
  const settled = Promise.allSettled(calls);
  await server.received(5);
  clock.pass(ATTEMPT_MS);
  await settled;
  assert.deepEqual(typesOf(server), [
    "REBUILD",
    "REFRESH",
    "REFRESH",
    "INCREMENTAL",
    "IDLE",
    "IDLE",
    "REBUILD",
  ]);
  assert.equal(server.peakInFlight, 1);
  await failureOf(calls[2], { code: "not_found", statusType: "INCREMENTAL" });
});

test("order: a call waits until the socket of a cancelled one has closed", async (t) => {
  const server = await startFaultServer(t, [stall(), afterEndOf(() => server.requests[0], reply())]);
  const client = connect(t, server);
  const controller = new AbortController();
  const cancelled = client.setStatus(SOURCE, "REBUILD", { signal: controller.signal });
  const next = client.setStatus(SOURCE, "IDLE");
  await server.received();
  controller.abort();
  await assert.rejects(cancelled, { name: "AbortError" });
  await next;
});

test("order: a call waits until a timed-out attempt's socket has closed", async (t) => {
  const server = await startFaultServer(t, [stall(), afterEndOf(() => server.requests[0], reply())]);
  const clock = new Clock(t);
  const client = connect(t, server, { retry: { attempts: 1 } });
  const late = client.setStatus(SOURCE, "REBUILD");
  const next = client.setStatus(SOURCE, "IDLE");
  await server.received();
  clock.pass(ATTEMPT_MS);
  await failureOf(late, { code: "timeout" });
  await next;
});

test("order: a call waits while the body of the answer before it is drained", async (t) => {
  const server = await startFaultServer(t, [
    stallBody({ status: 201 }),
    afterEndOf(() => server.requests[0], reply()),
  ]);
  const clock = new Clock(t);
  const client = connect(t, server);
  await client.setStatus(SOURCE, "REBUILD");
  const next = client.setStatus(SOURCE, "IDLE");
  clock.pass(RELEASE_MS);
  await next;
});

test("calls for different sources do not wait for each other", async (t) => {
  const others = deferred();
  const server = await startFaultServer(t, {
    slow: [heldUntil(() => others.promise, reply())],
    "failing-at-first": [reply({ status: 500 }), reply()],
    quick: [reply()],
  });
  const client = connect(t, server);
  const settled = [];
  const call = async (source) => {
    await client.setStatus(source, "REBUILD");
    settled.push(source);
    if (settled.length === 2) others.resolve();
  };
  await Promise.all(["slow", "failing-at-first", "quick"].map(call));
  assert.equal(settled.at(-1), "slow");
});

for (const [what, options, most] of [
  ["8 by default", {}, 8],
  ["as many as concurrency", { concurrency: 3 }, 3],
]) {
  test(`requests in flight: at most ${what}`, async (t) => {
    const full = deferred();
    const server = await startFaultServer(t, [forever(heldUntil(() => full.promise, reply()))]);
    const client = connect(t, server, options);
    const calls = sources(30).map((source) => client.setStatus(source, "REBUILD"));
    await server.received(most);
    await soon(() => server.requests.length > most);
    full.resolve();
    await Promise.all(calls);
    assert.equal(server.peakInFlight, most);
    // fetch may open a new socket for the next request while the last one is just becoming idle.
    assert.ok(server.peakOpenSockets <= 2 * most, `${server.peakOpenSockets} sockets`);
  });
}
