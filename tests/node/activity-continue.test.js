import assert from "node:assert/strict";
import test from "node:test";

import { freePort } from "../faults/port.js";
import { startFaultServer } from "../faults/server.js";
import { reply, reset, stall } from "../faults/steps.js";
import { Clock } from "./clock.js";
import { connect } from "./connect.js";
import { failureOf, reasonOf } from "./failure.js";
import { assertLedger } from "./ledger.js";
import { SOURCE, sources } from "./sample.js";
import { ATTEMPT_MS, throttled } from "./waits.js";
import { forbiddenWork } from "./work.js";

const GO_ON = { onActivationFailure: "continue" };
const ONE_ATTEMPT = { retry: { attempts: 1 } };

/** The client's `failed` events: the only report of a failure after which the activity continues. */
function observed(t, server, options = ONE_ATTEMPT) {
  const failed = [];
  const onEvent = ({ type, code, statusType }) => type === "failed" && failed.push([statusType, code]);
  return { client: connect(t, server, { ...options, onEvent }), failed };
}

for (const [what, step, code] of [
  ["429", reply({ status: 429 }), "throttled"],
  ["429 for an hour", throttled("3600"), "throttled"],
  ["503", reply({ status: 503 }), "unavailable"],
]) {
  test(`activity: continue after ${what}: an event, the work, and no IDLE`, async (t) => {
    const server = await startFaultServer(t, [step]);
    const { client, failed } = observed(t, server);
    const work = () => structuredClone(failed);
    assert.deepEqual(await client.runActivity(SOURCE, "REBUILD", work, GO_ON), [["REBUILD", code]]);
    assertLedger(server, "REBUILD");
  });
}

for (const [what, step, code] of [
  ["500", reply({ status: 500 }), "unavailable"],
  ["408", reply({ status: 408 }), "unavailable"],
  ["no answer in time", stall(), "timeout"],
  ["a reset", reset(), "network"],
]) {
  test(`activity: continue after ${what}: an event, the work, and IDLE, since it may be active`, async (t) => {
    const server = await startFaultServer(t, [step, reply()]);
    const { client, failed } = observed(t, server);
    const work = () => {
      assertLedger(server, "REBUILD");
      return structuredClone(failed);
    };
    const clock = new Clock(t);
    const activity = client.runActivity(SOURCE, "REBUILD", work, GO_ON);
    await server.received();
    if (code === "timeout") clock.pass(ATTEMPT_MS);
    assert.deepEqual(await activity, [["REBUILD", code]]);
    assertLedger(server, "REBUILD", "IDLE");
  });
}

test("activity: continue where nothing listens: an event, the work, and no IDLE", async (t) => {
  const { client, failed } = observed(t, { endpoint: `http://127.0.0.1:${await freePort()}/push/v1` });
  assert.equal(await client.runActivity(SOURCE, "REBUILD", () => "done", GO_ON), "done");
  assert.deepEqual(failed, [["REBUILD", "network"]]);
});

test("activity: continue at a gate that is closed for an hour: the work, and nothing is sent", async (t) => {
  const [first, second] = sources(2);
  const server = await startFaultServer(t, { [first]: [throttled("3600")] });
  const { client, failed } = observed(t, server);
  await failureOf(client.setStatus(first, "REBUILD"), { code: "throttled" });
  assert.equal(await client.runActivity(second, "REFRESH", () => "done", GO_ON), "done");
  assert.deepEqual(failed.at(-1), ["REFRESH", "throttled"]);
});

test("activity: continue after 500 that was applied, then 429: IDLE, since it may be active", async (t) => {
  const server = await startFaultServer(t, [reply({ status: 500 }), reply({ status: 429 }), reply()]);
  const client = connect(t, server, { retry: { attempts: 2 } });
  assert.equal(await client.runActivity(SOURCE, "REBUILD", () => "done", GO_ON), "done");
  assertLedger(server, "REBUILD", "REBUILD", "IDLE");
});

for (const [status, code] of [
  [400, "rejected"],
  [401, "unauthenticated"],
  [403, "forbidden"],
  [404, "not_found"],
  [302, "redirected"],
]) {
  test(`activity: continue does not mean ${status}: no work, no IDLE`, async (t) => {
    const server = await startFaultServer(t, [reply({ status })]);
    const activity = connect(t, server).runActivity(SOURCE, "REBUILD", forbiddenWork, GO_ON);
    await failureOf(activity, { code, outcome: "not_applied" });
    assertLedger(server, "REBUILD");
  });
}

test("activity: continue does not mean 403 after a 500: no work, but IDLE", async (t) => {
  const server = await startFaultServer(t, [reply({ status: 500 }), reply({ status: 403 }), reply()]);
  const activity = connect(t, server).runActivity(SOURCE, "REBUILD", forbiddenWork, GO_ON);
  await failureOf(activity, { code: "forbidden", outcome: "unknown" });
  assertLedger(server, "REBUILD", "REBUILD", "IDLE");
});

test("activity: continue does not mean a token that cannot be had", async (t) => {
  const server = await startFaultServer(t, []);
  const client = connect(t, server, { accessToken: () => undefined });
  const activity = client.runActivity(SOURCE, "REBUILD", forbiddenWork, GO_ON);
  await failureOf(activity, { code: "token_unavailable" });
});

test("activity: continue, and the work throws: its value, and no IDLE that is not needed", async (t) => {
  const server = await startFaultServer(t, [reply({ status: 503 })]);
  const thrown = new Error("no disk left");
  const { client } = observed(t, server);
  const activity = client.runActivity(SOURCE, "REBUILD", () => Promise.reject(thrown), GO_ON);
  assert.equal(await reasonOf(activity), thrown);
  assertLedger(server, "REBUILD");
});

test("activity: continue after 500, and IDLE is refused: left_active, with what the work gave", async (t) => {
  const server = await startFaultServer(t, [reply({ status: 500 }), reply({ status: 403 })]);
  const { client } = observed(t, server);
  const activity = client.runActivity(SOURCE, "REBUILD", () => "done", GO_ON);
  await failureOf(activity, { code: "left_active", value: "done", httpStatus: 403 });
});

test("activity: a second one that joins work without an active status sets it", async (t) => {
  const server = await startFaultServer(t, [reply({ status: 503 }), reply(), reply()]);
  const { client } = observed(t, server);
  const outer = client.runActivity(
    SOURCE,
    "REBUILD",
    async () => {
      await client.runActivity(SOURCE, "REBUILD", () => assertLedger(server, "REBUILD", "REBUILD"));
      assertLedger(server, "REBUILD", "REBUILD");
    },
    GO_ON,
  );
  await outer;
  assertLedger(server, "REBUILD", "REBUILD", "IDLE");
});
