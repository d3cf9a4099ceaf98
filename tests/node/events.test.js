import assert from "node:assert/strict";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { startFaultServer } from "../faults/server.js";
import { reply, reset } from "../faults/steps.js";
import { connect } from "./connect.js";
import { failureOf } from "./failure.js";
import { SOURCE, sources, TOKEN } from "./sample.js";
import { assertNoToken } from "./secrets.js";

/** Makes a client, and records its events. */
function observed(t, server, options) {
  const events = [];
  const client = connect(t, server, { ...options, onEvent: (event) => events.push(event) });
  return { client, events };
}

const typesOf = (events) => events.map(({ type }) => type);

test("events: a call that succeeds at once is attempt, reply, done", async (t) => {
  const { client, events } = observed(t, await startFaultServer(t, [reply()]));
  await client.setStatus(SOURCE, "REBUILD");
  assert.deepEqual(typesOf(events), ["attempt", "reply", "done"]);
});

test("events: a retry has its delay and its reason", async (t) => {
  const server = await startFaultServer(t, [reply({ status: 500 }), reset(), reply()]);
  const { client, events } = observed(t, server);
  await client.setStatus(SOURCE, "REBUILD");
  assert.deepEqual(typesOf(events), [
    "attempt",
    "reply",
    "retry",
    "attempt",
    "retry",
    "attempt",
    "reply",
    "done",
  ]);
  const [afterReply, afterReset] = events.filter(({ type }) => type === "retry");
  assert.ok(afterReply.delayMs >= 5 && afterReply.delayMs <= 10, `${afterReply.delayMs} ms`);
  assert.ok(afterReset.delayMs >= 10 && afterReset.delayMs <= 20, `${afterReset.delayMs} ms`);
  for (const { reason } of [afterReply, afterReset])
    assert.ok(typeof reason === "string" && reason.length > 0);
  assert.notEqual(afterReply.reason, afterReset.reason);
});

test("events: throttling comes between the reply and the next attempt", async (t) => {
  const { client, events } = observed(t, await startFaultServer(t, [reply({ status: 429 }), reply()]));
  await client.setStatus(SOURCE, "REBUILD");
  const types = typesOf(events);
  assert.deepEqual(types.slice(0, 2), ["attempt", "reply"]);
  assert.deepEqual(types.slice(-3), ["attempt", "reply", "done"]);
  assert.ok(types.slice(2, -3).includes("throttled"), types.join());
});

test("events: a call that fails ends with failed", async (t) => {
  const { client, events } = observed(t, await startFaultServer(t, [reply({ status: 404 })]));
  await failureOf(client.setStatus(SOURCE, "REBUILD"), { code: "not_found" });
  assert.deepEqual(typesOf(events), ["attempt", "reply", "failed"]);
});

test("events: each names its call, source, status, attempt and time, as plain data without the token", async (t) => {
  const body = JSON.stringify({ errorCode: "A", message: `Bearer ${TOKEN}` });
  const server = await startFaultServer(t, [
    reply({ status: 500, body }),
    reply({ status: 429, body }),
    reply({ status: 403, body }),
  ]);
  const { client, events } = observed(t, server);
  const startedAt = Date.now();
  await failureOf(client.setStatus(SOURCE, "INCREMENTAL"), { code: "forbidden", attempts: 3 });
  assert.equal(events.at(-1).type, "failed");
  for (const event of events) {
    assert.deepEqual([event.sourceId, event.statusType], [SOURCE, "INCREMENTAL"]);
    assert.equal(event.callId, events[0].callId);
    assert.ok(Number.isFinite(event.at));
    assert.equal(Object.getPrototypeOf(event), Object.prototype);
    assertNoToken(event, TOKEN);
    structuredClone(event);
  }
  const times = events.map(({ at }) => at);
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
  assert.ok(times.at(-1) - times[0] <= Date.now() - startedAt + 2);
  const attempts = events.filter(({ type }) => type === "attempt").map(({ attempt }) => attempt);
  assert.deepEqual(attempts, [1, 2, 3]);
});

test("events: two calls have two ids", async (t) => {
  const { client, events } = observed(t, await startFaultServer(t, [reply(), reply()]));
  await Promise.all(sources(2).map((source) => client.setStatus(source, "REBUILD")));
  const ids = new Map(events.map(({ sourceId, callId }) => [sourceId, callId]));
  assert.equal(new Set(ids.values()).size, 2);
  for (const { sourceId, callId } of events) assert.equal(callId, ids.get(sourceId));
});

const handlers = {
  throws: () => {
    throw new Error("a broken handler");
  },
  "returns a promise that rejects": async () => {
    throw new Error("a broken handler");
  },
  "throws undefined": () => {
    throw undefined;
  },
};

for (const [what, onEvent] of Object.entries(handlers)) {
  test(`events: a handler that ${what} changes nothing`, async (t) => {
    const server = await startFaultServer(t, [reply({ status: 500 }), reply(), reply({ status: 404 })]);
    const client = connect(t, server, { onEvent });
    assert.equal((await client.setStatus(SOURCE, "REBUILD")).attempts, 2);
    await failureOf(client.setStatus(SOURCE, "IDLE"), { code: "not_found" });
    await sleep(10); // an unhandled rejection in this time fails the test
  });
}

test("events: a handler may change the event, to no effect", async (t) => {
  const server = await startFaultServer(t, [reply({ status: 500 }), reply()]);
  const onEvent = (event) => {
    try {
      for (const name of Object.keys(event)) event[name] = undefined;
    } catch {
      // An event may be frozen.
    }
  };
  const update = await connect(t, server, { onEvent }).setStatus(SOURCE, "REBUILD");
  assert.deepEqual([update.sourceId, update.attempts], [SOURCE, 2]);
});
