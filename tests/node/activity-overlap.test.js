import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { delayed, reply } from "../faults/steps.js";
import { connect } from "./connect.js";
import { assertSays, failureOf, reasonAtOnce, reasonOf } from "./failure.js";
import { assertLedger } from "./ledger.js";
import { SOURCE } from "./sample.js";
import { heldUntil } from "./waits.js";
import { deferred, forbiddenWork, heldWork } from "./work.js";

const busy = {
  code: "busy",
  activeStatusType: "REBUILD",
  statusType: "REFRESH",
  sourceId: SOURCE,
  attempts: 0,
};

test("activity: overlapping with the same status: one activation, one IDLE at the last end", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const client = connect(t, server);
  const held = [heldWork(), heldWork(), heldWork()];
  const activities = held.map(({ work }) => client.runActivity(SOURCE, "REBUILD", work));
  for (const { begun } of held) await begun;
  for (const index of [1, 0]) {
    held[index].end(index);
    assert.equal(await activities[index], index, "it need not wait for the others");
    assertLedger(server, "REBUILD");
  }
  held[2].end(2);
  assert.equal(await activities[2], 2);
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: a second one during the first one's activation shares it", async (t) => {
  const server = await startFaultServer(t, [delayed(60, reply()), reply()]);
  const client = connect(t, server);
  const first = client.runActivity(SOURCE, "REBUILD", () => 1);
  await server.received();
  const second = client.runActivity(SOURCE, "REBUILD", () => 2);
  assert.deepEqual(await Promise.all([first, second]), [1, 2]);
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: all that share an activation share its failure, and its one IDLE", async (t) => {
  const server = await startFaultServer(t, [delayed(40, reply({ status: 500 })), reply()]);
  const client = connect(t, server, { retry: { attempts: 1 } });
  const run = client.runActivity(SOURCE, "REBUILD", forbiddenWork);
  const start = client.startActivity(SOURCE, "REBUILD");
  const goesOn = client.runActivity(SOURCE, "REBUILD", () => "done", { onActivationFailure: "continue" });
  for (const activity of [run, start]) await failureOf(activity, { code: "unavailable", outcome: "unknown" });
  assert.equal(await goesOn, "done");
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: both forms are counted together, also one inside of the other", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const client = connect(t, server);
  const started = await client.startActivity(SOURCE, "REBUILD");
  const outer = await client.runActivity(SOURCE, "REBUILD", () =>
    client.runActivity(SOURCE, "REBUILD", () => "inner"),
  );
  assert.equal(outer, "inner");
  assertLedger(server, "REBUILD");
  await started.end();
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: one of two that activate is aborted: the other one goes on", async (t) => {
  const server = await startFaultServer(t, [delayed(60, reply()), reply()]);
  const client = connect(t, server);
  const controller = new AbortController();
  const aborted = client.runActivity(SOURCE, "REBUILD", forbiddenWork, { signal: controller.signal });
  const other = client.runActivity(SOURCE, "REBUILD", () => "done");
  await server.received();
  controller.abort("a reason");
  assert.equal(await reasonOf(aborted), "a reason");
  assertLedger(server, "REBUILD");
  assert.equal(await other, "done");
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: one of two that work is aborted: no IDLE before the other one ends", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const client = connect(t, server);
  const held = heldWork();
  const other = client.runActivity(SOURCE, "REBUILD", held.work);
  const { signal } = await held.begun;
  const controller = new AbortController();
  const work = () => controller.abort("a reason");
  const options = { signal: controller.signal };
  assert.equal(await reasonOf(client.runActivity(SOURCE, "REBUILD", work, options)), "a reason");
  assert.equal(signal.aborted, false);
  assertLedger(server, "REBUILD");
  held.end("done");
  assert.equal(await other, "done");
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: another status while one works: busy, nothing is sent, and the first goes on", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const client = connect(t, server);
  const held = heldWork();
  const first = client.runActivity(SOURCE, "REBUILD", held.work);
  await held.begun;
  assertSays(await failureOf(client.runActivity(SOURCE, "REFRESH", forbiddenWork), busy), "busy", "REBUILD");
  await failureOf(client.startActivity(SOURCE, "REFRESH"), busy);
  await failureOf(
    client.runActivity(SOURCE, "REFRESH", forbiddenWork, { onActivationFailure: "continue" }),
    busy,
  );
  assertLedger(server, "REBUILD");
  held.end("done");
  assert.equal(await first, "done");
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: another status while one activates: busy", async (t) => {
  const server = await startFaultServer(t, [delayed(40, reply()), reply()]);
  const client = connect(t, server);
  const first = client.runActivity(SOURCE, "REBUILD", () => "done");
  await failureOf(client.runActivity(SOURCE, "REFRESH", forbiddenWork), busy);
  assert.equal(await first, "done");
});

test("activity: another source is never busy", async (t) => {
  const server = await startFaultServer(t, { one: [reply(), reply()], two: [reply(), reply()] });
  const client = connect(t, server);
  const result = await client.runActivity("one", "REBUILD", () =>
    client.runActivity("two", "REFRESH", () => "done"),
  );
  assert.equal(result, "done");
});

for (const statusType of ["REBUILD", "REFRESH"]) {
  test(`activity: ${statusType} begun while a REBUILD is closing: waits for IDLE, then activates anew`, async (t) => {
    const server = await startFaultServer(t, [reply(), delayed(60, reply()), reply(), reply()]);
    const client = connect(t, server);
    const first = client.runActivity(SOURCE, "REBUILD", () => "first");
    await server.received(2);
    const second = client.runActivity(SOURCE, statusType, () => {
      assertLedger(server, "REBUILD", "IDLE", statusType);
      return "second";
    });
    assert.deepEqual(await Promise.all([first, second]), ["first", "second"]);
    assertLedger(server, "REBUILD", "IDLE", statusType, "IDLE");
  });
}

test("activity: begun while one is closing whose IDLE fails: activates anew all the same", async (t) => {
  const server = await startFaultServer(t, [reply(), delayed(40, reply({ status: 403 })), reply(), reply()]);
  const client = connect(t, server);
  const first = client.runActivity(SOURCE, "REBUILD", () => "first");
  await server.received(2);
  const second = client.runActivity(SOURCE, "REFRESH", () => "second");
  await failureOf(first, { code: "left_active", value: "first" });
  assert.equal(await second, "second");
  assertLedger(server, "REBUILD", "IDLE", "REFRESH", "IDLE");
});

test("activity: several begun while one is closing: those with the first one's status share, others are busy", async (t) => {
  const server = await startFaultServer(t, [reply(), delayed(40, reply()), reply(), reply()]);
  const client = connect(t, server);
  const first = client.runActivity(SOURCE, "REFRESH", () => {});
  await server.received(2);
  const held = heldWork();
  const second = client.runActivity(SOURCE, "REBUILD", held.work);
  const third = client.runActivity(SOURCE, "REFRESH", forbiddenWork);
  const fourth = client.startActivity(SOURCE, "REBUILD");
  await failureOf(third, busy);
  await first;
  const started = await fourth;
  held.end();
  await second;
  assertLedger(server, "REFRESH", "IDLE", "REBUILD");
  await started.end();
  assertLedger(server, "REFRESH", "IDLE", "REBUILD", "IDLE");
});

test("activity: aborted while it waits for another one's IDLE: at once, and nothing is sent for it", async (t) => {
  const aborted = deferred();
  const server = await startFaultServer(t, [reply(), heldUntil(() => aborted.promise, reply())]);
  const client = connect(t, server);
  const first = client.runActivity(SOURCE, "REBUILD", () => "done");
  await server.received(2);
  const controller = new AbortController();
  const waiting = client.runActivity(SOURCE, "REFRESH", forbiddenWork, { signal: controller.signal });
  controller.abort("a reason");
  assert.equal(await reasonAtOnce(waiting), "a reason");
  aborted.resolve();
  assert.equal(await first, "done");
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: setStatus before, during and after passes, in lane order", async (t) => {
  const server = await startFaultServer(t, [
    delayed(30, reply()),
    reply(),
    reply(),
    delayed(30, reply()),
    reply(),
    reply(),
  ]);
  const client = connect(t, server);
  const unawaited = [client.setStatus(SOURCE, "IDLE")];
  const ended = deferred();
  const activity = client.runActivity(SOURCE, "REBUILD", async () => {
    assert.equal((await client.setStatus(SOURCE, "REFRESH")).statusType, "REFRESH");
    unawaited.push(client.setStatus(SOURCE, "INCREMENTAL"));
    ended.resolve();
    return "done";
  });
  await ended.promise;
  await server.received(5);
  unawaited.push(client.setStatus(SOURCE, "REFRESH"));
  assert.equal(await activity, "done");
  await Promise.all(unawaited);
  assertLedger(server, "IDLE", "REBUILD", "REFRESH", "INCREMENTAL", "IDLE", "REFRESH");
});
