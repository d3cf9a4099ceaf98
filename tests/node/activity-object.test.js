import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import test from "node:test";
import { setImmediate } from "node:timers/promises";
import { transform } from "esbuild";

import { startFaultServer } from "../faults/server.js";
import { delayed, reply } from "../faults/steps.js";
import { connect } from "./connect.js";
import { failureOf, reasonOf } from "./failure.js";
import { assertLedger } from "./ledger.js";
import { runProgram } from "./program.js";
import { SOURCE } from "./sample.js";
import { soon, TIMER_MS, watchFor } from "./waits.js";

test("activity: a started one is a plain object that shows what it holds", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const activity = await connect(t, server).startActivity(SOURCE, "REBUILD");
  assertLedger(server, "REBUILD");
  assert.equal(Object.getPrototypeOf(activity), Object.prototype);
  assert.deepEqual(Object.keys(activity).sort(), ["end", "signal", "sourceId", "sourceIds", "statusType"]);
  const { sourceId, sourceIds, statusType } = activity;
  assert.deepEqual([sourceId, sourceIds, statusType], [SOURCE, [SOURCE], "REBUILD"]);
  assert.ok(activity.signal instanceof AbortSignal && !activity.signal.aborted);
  assert.equal(await activity.end(), undefined);
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: its end resolves when IDLE is set", async (t) => {
  const server = await startFaultServer(t, [reply(), delayed(60, reply())]);
  const activity = await connect(t, server).startActivity(SOURCE, "REBUILD");
  await activity.end();
  assert.ok(performance.now() - server.requests[1].at >= 60 - TIMER_MS);
});

test("activity: ended twice, in every way: the same promise, one IDLE", async (t) => {
  const server = await startFaultServer(t, [reply(), delayed(30, reply())]);
  const activity = await connect(t, server).startActivity(SOURCE, "REBUILD");
  const { end } = activity;
  const ended = end();
  assert.ok(ended instanceof Promise);
  assert.equal(activity.end(), ended);
  assert.equal(activity[Symbol.asyncDispose](), ended);
  await ended;
  assert.equal(activity.end(), ended);
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: ended twice where IDLE fails: the same promise, the same error", async (t) => {
  const server = await startFaultServer(t, [reply(), reply({ status: 403 })]);
  const activity = await connect(t, server).startActivity(SOURCE, "REBUILD");
  const error = await failureOf(activity.end(), { code: "left_active" });
  assert.equal(await reasonOf(activity.end()), error);
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: a failing end that nobody awaits is no unhandled rejection", async (t) => {
  const server = await startFaultServer(t, [reply(), reply({ status: 403 })]);
  const { onEvent, seen } = watchFor("failed");
  const activity = await connect(t, server, { onEvent }).startActivity(SOURCE, "REBUILD");
  activity.end();
  await seen;
  await setImmediate(); // an unhandled rejection in this turn fails the test
});

test("activity: Symbol.dispose ends it, and names what to use instead", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const activity = await connect(t, server).startActivity(SOURCE, "REBUILD");
  assert.throws(() => activity[Symbol.dispose](), { name: "TypeError", message: /await using/ });
  await activity.end();
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: a started one that is aborted: its signal, and IDLE without any grace", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const controller = new AbortController();
  const attempts = [];
  const onEvent = ({ type, statusType }) => type === "attempt" && attempts.push(statusType);
  const client = connect(t, server, { onEvent });
  const activity = await client.startActivity(SOURCE, "REBUILD", { signal: controller.signal });
  controller.abort("a reason");
  assert.equal(activity.signal.reason, "a reason");
  await soon(() => attempts.length > 1);
  assert.deepEqual(attempts, ["REBUILD", "IDLE"]);
  assert.equal(await activity.end(), undefined);
  assertLedger(server, "REBUILD", "IDLE");
  assert.equal(getEventListeners(controller.signal, "abort").length, 0);
});

test("activity: a started one that is aborted after its end: no effect", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const controller = new AbortController();
  const activity = await connect(t, server).startActivity(SOURCE, "REBUILD", { signal: controller.signal });
  await activity.end();
  controller.abort();
  assert.equal(activity.signal.aborted, false);
  assertLedger(server, "REBUILD", "IDLE");
});

/** Runs a program with `await using`, which this version of Node may not support. */
async function runUsing(t, server, body) {
  const source = `
    const options = { organizationId: ORGANIZATION, accessToken: TOKEN, endpoint: process.argv[1] };
    const output = [];
    try {
      await using client = new StatusClient(options);
      ${body}
    } catch (error) {
      output.push(error);
    }
    const plain = (error) => ({
      name: error.name, code: error.code, message: error.message,
      error: error.error && plain(error.error), suppressed: error.suppressed && plain(error.suppressed),
    });
    console.log(JSON.stringify(output.map((word) => (word instanceof Error ? plain(word) : word))));`;
  const { code } = await transform(source, { target: "node20", format: "esm" });
  const result = await runProgram(t, code, { args: [server.endpoint] });
  assert.equal(result.code, 0, result.stderr);
  return JSON.parse(result.stdout);
}

test("activity: await using ends it at the end of its block", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const output = await runUsing(
    t,
    server,
    `{
      await using activity = await client.startActivity(SOURCE, "REBUILD");
      output.push(activity.statusType);
    }
    output.push("behind the block");`,
  );
  assert.deepEqual(output, ["REBUILD", "behind the block"]);
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: await using, and the block throws: IDLE, then what it threw", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const [error] = await runUsing(
    t,
    server,
    `await using activity = await client.startActivity(SOURCE, "REBUILD");
     throw new Error("no disk left");`,
  );
  assert.equal(error.message, "no disk left");
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: await using, and both fail: the runtime's SuppressedError with both", async (t) => {
  const server = await startFaultServer(t, [reply(), reply({ status: 403 })]);
  const [error] = await runUsing(
    t,
    server,
    `await using activity = await client.startActivity(SOURCE, "REBUILD");
     throw new Error("no disk left");`,
  );
  assert.equal(error.error.code, "left_active");
  assert.equal(error.suppressed.message, "no disk left");
});

test("activity: a started one that nobody ends and nobody holds: one event that warns of it", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const { code, stdout, stderr } = await runProgram(
    t,
    `
    const { setFlagsFromString } = await import("node:v8");
    const { runInNewContext } = await import("node:vm");
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc");
    const events = [];
    const client = new StatusClient({
      organizationId: ORGANIZATION, accessToken: TOKEN, endpoint: process.argv[1],
      onEvent: ({ type, sourceId }) => events.push({ type, sourceId }),
    });
    await (async () => { await client.startActivity(SOURCE, "REBUILD"); })();
    const before = events.length;
    const turn = async () => {
      collectGarbage();
      await new Promise((resolve) => setTimeout(resolve, 5));
    };
    while (events.length === before) await turn();
    for (let more = 0; more < 5; more += 1) await turn();
    console.log(JSON.stringify(events.slice(before)));
    await client.close();`,
    { args: [server.endpoint] },
  );
  assert.equal(code, 0, stderr);
  const events = JSON.parse(stdout);
  assert.equal(events.length, 1, `${events.length} events`);
  assert.equal(events[0].sourceId, SOURCE);
});
