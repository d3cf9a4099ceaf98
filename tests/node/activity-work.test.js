import assert from "node:assert/strict";
import test from "node:test";
import { inspect } from "node:util";

import { startFaultServer } from "../faults/server.js";
import { delayed, reply } from "../faults/steps.js";
import { connect } from "./connect.js";
import { reasonOf } from "./failure.js";
import { assertLedger } from "./ledger.js";
import { SOURCE } from "./sample.js";
import { TIMER_MS } from "./waits.js";
import { deafWork, thrown } from "./work.js";

for (const statusType of ["REBUILD", "REFRESH", "INCREMENTAL"]) {
  test(`activity: ${statusType}, the work, then IDLE; resolves with what the work gave`, async (t) => {
    const server = await startFaultServer(t, [reply(), reply()]);
    const given = { pushed: 3 };
    const result = await connect(t, server).runActivity(SOURCE, statusType, async (context) => {
      assertLedger(server, statusType);
      const names = ["inactive", "signal", "sourceId", "sourceIds", "statusType"];
      assert.deepEqual(Object.keys(context).sort(), names);
      assert.deepEqual([context.sourceIds, context.inactive], [[SOURCE], []]);
      assert.deepEqual([context.sourceId, context.statusType], [SOURCE, statusType]);
      assert.ok(context.signal instanceof AbortSignal);
      assert.equal(context.signal.aborted, false);
      return given;
    });
    assert.equal(result, given);
    assertLedger(server, statusType, "IDLE");
  });
}

test("activity: the work starts when the service has answered, and the end resolves when IDLE is set", async (t) => {
  const server = await startFaultServer(t, [delayed(60, reply()), delayed(60, reply())]);
  let workedAt;
  await connect(t, server).runActivity(SOURCE, "REBUILD", () => {
    workedAt = performance.now();
  });
  const endedAt = performance.now();
  const [active, idle] = server.requests;
  assert.ok(workedAt - active.at >= 60 - TIMER_MS, `worked after ${workedAt - active.at} ms`);
  assert.ok(endedAt - idle.at >= 60 - TIMER_MS, `ended after ${endedAt - idle.at} ms`);
});

const given = {
  "a value that is no promise": [() => 42, 42],
  nothing: [() => {}, undefined],
  "a promise of null": [async () => null, null],
  // biome-ignore lint/suspicious/noThenProperty: promises of other libraries are such objects
  "a promise of another library": [() => ({ then: (resolve) => resolve("done") }), "done"],
};

for (const [what, [work, expected]] of Object.entries(given)) {
  test(`activity: work that gives ${what}`, async (t) => {
    const server = await startFaultServer(t, [reply(), reply()]);
    assert.equal(await connect(t, server).runActivity(SOURCE, "REFRESH", work), expected);
    assertLedger(server, "REFRESH", "IDLE");
  });
}

for (const [what, value] of Object.entries(thrown)) {
  const works = {
    throws: () => {
      throw value;
    },
    "rejects with": () => Promise.reject(value),
  };
  for (const [does, work] of Object.entries(works)) {
    test(`activity: work that ${does} ${what}: IDLE, then the very same value`, async (t) => {
      const server = await startFaultServer(t, [reply(), reply()]);
      const reason = await reasonOf(connect(t, server).runActivity(SOURCE, "REBUILD", work));
      assert.ok(Object.is(reason, value), `${inspect(reason)} in place of ${inspect(value)}`);
      assertLedger(server, "REBUILD", "IDLE");
    });
  }
}

test("activity: the value that the work throws comes out only when IDLE is set", async (t) => {
  const server = await startFaultServer(t, [reply(), delayed(60, reply())]);
  await reasonOf(connect(t, server).runActivity(SOURCE, "REBUILD", () => Promise.reject(1)));
  const waitedMs = performance.now() - server.requests[1].at;
  assert.ok(waitedMs >= 60 - TIMER_MS, `after ${waitedMs} ms`);
});

test("activity: one after another on one client", async (t) => {
  const server = await startFaultServer(t, Array(6).fill(reply()));
  const client = connect(t, server);
  for (const statusType of ["REBUILD", "REFRESH", "INCREMENTAL"]) {
    await client.runActivity(SOURCE, statusType, () => {});
  }
  assertLedger(server, "REBUILD", "IDLE", "REFRESH", "IDLE", "INCREMENTAL", "IDLE");
});

test("activity: retries are the active status's own, and IDLE's own", async (t) => {
  const server = await startFaultServer(t, [
    reply({ status: 500 }),
    reply({ status: 429 }),
    reply(),
    reply({ status: 503 }),
    reply({ status: 502 }),
    reply(),
  ]);
  assert.equal(await connect(t, server).runActivity(SOURCE, "REBUILD", () => "done"), "done");
  assertLedger(server, "REBUILD", "REBUILD", "REBUILD", "IDLE", "IDLE", "IDLE");
});

test("activity: work on one source does not hold up another", async (t) => {
  const server = await startFaultServer(t, { slow: [reply(), reply()], quick: [reply(), reply()] });
  const client = connect(t, server);
  const controller = new AbortController();
  const slow = client.runActivity("slow", "REBUILD", deafWork, {
    signal: controller.signal,
    gracePeriodMs: 0,
  });
  await client.runActivity("quick", "REFRESH", () => {});
  controller.abort();
  await assert.rejects(slow, { name: "AbortError" });
});
