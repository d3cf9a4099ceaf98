import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "./connect.js";
import { reasonOf } from "./failure.js";
import { SOURCE, TOKEN } from "./sample.js";
import { assertNoToken } from "./secrets.js";

/** A client, and its events about activities and about the ends of calls. */
function observed(t, server, options) {
  const events = [];
  const onEvent = (event) => {
    assertNoToken(event, TOKEN);
    if (["activity_started", "activity_ended", "done", "failed"].includes(event.type)) events.push(event);
  };
  return { client: connect(t, server, { ...options, onEvent }), events };
}

const typesOf = (events) => events.map(({ type, statusType }) => `${type} ${statusType}`);

const WHOLE = ["done REBUILD", "activity_started REBUILD", "done IDLE", "activity_ended IDLE"];

test("activity: events show when the source is active, and when it is idle again", async (t) => {
  const { client, events } = observed(t, await startFaultServer(t, [reply(), reply()]));
  const before = Date.now();
  await client.runActivity(SOURCE, "REBUILD", () => {
    assert.deepEqual(typesOf(events), WHOLE.slice(0, 2));
  });
  assert.deepEqual(typesOf(events), WHOLE);
  for (const event of events) {
    assert.equal(event.sourceId, SOURCE);
    assert.ok(event.at >= before && event.at <= Date.now());
    assert.ok(Number.isInteger(event.callId) && event.attempt === 1);
    assert.equal(Object.getPrototypeOf(event), Object.prototype);
  }
});

test("activity: overlapping ones are one activity in the events, as in the service's log", async (t) => {
  const { client, events } = observed(t, await startFaultServer(t, [reply(), reply()]));
  const activities = [
    await client.startActivity(SOURCE, "REBUILD"),
    await client.startActivity(SOURCE, "REBUILD"),
  ];
  for (const activity of activities) await activity.end();
  assert.deepEqual(typesOf(events), WHOLE);
});

test("activity: there is no start event for one that has not started", async (t) => {
  const { client, events } = observed(t, await startFaultServer(t, [reply({ status: 403 })]));
  await reasonOf(client.runActivity(SOURCE, "REBUILD", () => {}));
  assert.deepEqual(typesOf(events), ["failed REBUILD"]);
});

test("activity: there is no end event for one that was left active", async (t) => {
  const { client, events } = observed(t, await startFaultServer(t, [reply(), reply({ status: 403 })]));
  await reasonOf(client.runActivity(SOURCE, "REBUILD", () => {}));
  assert.deepEqual(typesOf(events), ["done REBUILD", "activity_started REBUILD", "failed IDLE"]);
});

test("activity: calls of one's own are no activities in the events", async (t) => {
  const { client, events } = observed(t, await startFaultServer(t, [reply(), reply()]));
  await client.setStatus(SOURCE, "REBUILD");
  await client.setStatus(SOURCE, "IDLE");
  assert.deepEqual(typesOf(events), ["done REBUILD", "done IDLE"]);
});

test("activity: a handler that throws at every event changes nothing", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const onEvent = () => {
    throw new Error("a broken handler");
  };
  assert.equal(await connect(t, server, { onEvent }).runActivity(SOURCE, "REBUILD", () => "done"), "done");
});

test("activity: a handler may begin, end and abort activities itself", async (t) => {
  const steps = { outer: [reply(), reply()], inner: [reply(), reply()] };
  const server = await startFaultServer(t, steps);
  const controller = new AbortController();
  let inner;
  const client = connect(t, server, {
    onEvent: ({ type, sourceId }) => {
      if (sourceId !== "outer") return;
      if (type === "activity_started") inner = client.startActivity("inner", "REFRESH");
      if (type === "activity_ended") inner.then((activity) => activity.end());
      if (type === "done") controller.abort("a reason");
    },
  });
  const options = { signal: controller.signal, gracePeriodMs: 0 };
  assert.equal(await reasonOf(client.runActivity("outer", "REBUILD", () => {}, options)), "a reason");
  await (await inner).end();
});
