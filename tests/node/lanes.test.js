import assert from "node:assert/strict";
import test from "node:test";

import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { delayed, reply, reset, stall, stallBody } from "../faults/steps.js";
import { connect } from "./connect.js";
import { failureOf } from "./failure.js";
import { SOURCE, sources } from "./sample.js";

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
  const client = connect(t, server, { attemptTimeoutMs: 250 });
  const calls = ["REBUILD", "REFRESH", "INCREMENTAL", "IDLE", "REBUILD"].map((statusType) =>
    client.setStatus(SOURCE, statusType),
  );
  await Promise.allSettled(calls);
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
  const server = await startFaultServer(t, [stall(), reply()]);
  const client = connect(t, server);
  const controller = new AbortController();
  const cancelled = client.setStatus(SOURCE, "REBUILD", { signal: controller.signal });
  const next = client.setStatus(SOURCE, "IDLE");
  await server.received();
  controller.abort();
  await assert.rejects(cancelled, { name: "AbortError" });
  await next;
  const [first, second] = server.requests;
  assertClosedBefore(first, second);
});

test("order: a call waits until a timed-out attempt's socket has closed", async (t) => {
  const server = await startFaultServer(t, [stall(), reply()]);
  const client = connect(t, server, { attemptTimeoutMs: 80, retry: { attempts: 1 } });
  const late = client.setStatus(SOURCE, "REBUILD");
  const next = client.setStatus(SOURCE, "IDLE");
  await failureOf(late, { code: "timeout" });
  await next;
  const [first, second] = server.requests;
  assertClosedBefore(first, second);
});

test("order: a call waits while the body of the answer before it is drained", async (t) => {
  const server = await startFaultServer(t, [stallBody({ status: 201 }), reply()]);
  const client = connect(t, server);
  await client.setStatus(SOURCE, "REBUILD");
  await client.setStatus(SOURCE, "IDLE");
  const [first, second] = server.requests;
  assertClosedBefore(first, second);
  assert.ok(second.at - first.at < 2500);
});

test("calls for different sources do not wait for each other", async (t) => {
  const server = await startFaultServer(t, {
    slow: [delayed(200, reply())],
    "failing-at-first": [reply({ status: 500 }), reply()],
    quick: [reply()],
  });
  const client = connect(t, server);
  const settled = [];
  const call = async (source) => {
    await client.setStatus(source, "REBUILD");
    settled.push(source);
  };
  await Promise.all(["slow", "failing-at-first", "quick"].map(call));
  assert.deepEqual(settled, ["quick", "failing-at-first", "slow"]);
});

for (const [what, options, most] of [
  ["8 unless told otherwise", {}, 8],
  ["what concurrency says", { concurrency: 3 }, 3],
]) {
  test(`requests in flight: at most ${what}`, async (t) => {
    const server = await startFaultServer(t, [forever(delayed(10, reply()))]);
    const client = connect(t, server, options);
    await Promise.all(sources(30).map((source) => client.setStatus(source, "REBUILD")));
    assert.equal(server.peakInFlight, most);
    // For the next request fetch may open a socket while that of the last one is just becoming idle.
    assert.ok(server.peakOpenSockets <= 2 * most, `${server.peakOpenSockets} sockets`);
  });
}

/** The server learns of a closed socket a moment after the client has closed it. */
function assertClosedBefore(first, second) {
  assert.ok(first.socketClosedAt !== undefined, "the socket is still open");
  assert.ok(first.socketClosedAt <= second.at + 20, `closed ${first.socketClosedAt - second.at} ms after it`);
}
