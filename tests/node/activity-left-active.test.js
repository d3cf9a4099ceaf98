import assert from "node:assert/strict";
import test from "node:test";
import { inspect } from "node:util";

import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { reply, stall } from "../faults/steps.js";
import { Clock } from "./clock.js";
import { connect } from "./connect.js";
import { assertSays, checked, failureOf, reasonOf } from "./failure.js";
import { assertLedger } from "./ledger.js";
import { ORGANIZATION, SOURCE, TOKEN } from "./sample.js";
import { assertNoToken } from "./secrets.js";
import { HOUR_MS, RELEASE_MS } from "./waits.js";
import { forbiddenWork, heldWork, obedientWork, thrown } from "./work.js";

const refused = reply({ status: 403, body: '{"errorCode":"ACCESS_DENIED","message":"no privilege"}' });

/** The shell command that sets the source of these tests to IDLE. */
function repair({ endpoint }) {
  const where = `--source ${SOURCE} --organization ${ORGANIZATION} --endpoint ${endpoint}`;
  return `push-source-status set IDLE ${where}`;
}

/** Checks the error of a refused IDLE. */
function checkLeftActive(error, server) {
  checked(error, {
    code: "left_active",
    sourceId: SOURCE,
    statusType: "IDLE",
    httpStatus: 403,
    errorCode: "ACCESS_DENIED",
    attempts: 1,
    hint: repair(server),
  });
  assertSays(error, "left active", repair(server));
}

/** Checks the error of an activity that failed before its IDLE did. */
async function assertBothFailed(activity, first, server) {
  const error = await reasonOf(activity);
  assert.ok(error instanceof AggregateError, `${inspect(error)} is no AggregateError`);
  assert.equal(error.errors.length, 2);
  assert.ok(Object.is(error.errors[0], first), `${inspect(error.errors[0])} in place of ${inspect(first)}`);
  assert.ok(Object.hasOwn(error, "cause"));
  assert.ok(Object.is(error.cause, first), `${inspect(error.cause)} in place of ${inspect(first)}`);
  assertSays(error, "left active", repair(server));
  assertNoToken(error, TOKEN);
  checkLeftActive(error.errors[1], server);
  assert.ok(!Object.hasOwn(error.errors[1], "value"), "the work gave nothing");
}

const values = { "an object": { secret: "of the work" }, undefined, null: null, "a text": "done", 0: 0 };

for (const [what, value] of Object.entries(values)) {
  test(`activity: IDLE is refused after work that gave ${what}: left_active, with that value`, async (t) => {
    const server = await startFaultServer(t, [reply(), refused]);
    const error = await reasonOf(connect(t, server).runActivity(SOURCE, "REBUILD", () => value));
    checkLeftActive(error, server);
    const { enumerable } = Object.getOwnPropertyDescriptor(error, "value");
    assert.equal(enumerable, false);
    assert.ok(Object.is(error.value, value));
    for (const text of [inspect(error), JSON.stringify(error), error.message]) {
      assert.ok(!text.includes("of the work"), text);
    }
    assertLedger(server, "REBUILD", "IDLE");
  });
}

for (const [what, value] of Object.entries(thrown)) {
  test(`activity: the work throws ${what}, and IDLE is refused: both errors, caused by the first`, async (t) => {
    const server = await startFaultServer(t, [reply(), refused]);
    const activity = connect(t, server).runActivity(SOURCE, "REBUILD", () => Promise.reject(value));
    await assertBothFailed(activity, value, server);
  });

  if (value === undefined) continue; // an abort without a reason has an AbortError

  test(`activity: aborted with ${what}, and IDLE is refused: both, caused by the reason`, async (t) => {
    const server = await startFaultServer(t, [reply(), refused]);
    const controller = new AbortController();
    const work = (context) => {
      queueMicrotask(() => controller.abort(value));
      return obedientWork(context);
    };
    const activity = connect(t, server).runActivity(SOURCE, "REBUILD", work, { signal: controller.signal });
    await assertBothFailed(activity, value, server);
  });
}

test("activity: the active status is perhaps set, and IDLE is refused: both, caused by the first", async (t) => {
  const server = await startFaultServer(t, [reply({ status: 500 }), refused]);
  const client = connect(t, server, { retry: { attempts: 1 } });
  const error = await reasonOf(client.runActivity(SOURCE, "REBUILD", forbiddenWork));
  checked(error.errors[0], { code: "unavailable", statusType: "REBUILD", outcome: "unknown" });
  await assertBothFailed(Promise.reject(error), error.errors[0], server);
});

for (const method of ["runActivity", "startActivity"]) {
  test(`activity: ${method} aborted in flight, and IDLE is refused: both, caused by the reason`, async (t) => {
    const server = await startFaultServer(t, [stall(), refused]);
    const clock = new Clock(t);
    const controller = new AbortController();
    const { signal } = controller;
    const begun = method === "runActivity" ? [forbiddenWork, { signal }] : [{ signal }];
    const activity = connect(t, server)[method](SOURCE, "REBUILD", ...begun);
    await server.received();
    controller.abort("a reason");
    clock.pass(RELEASE_MS);
    await assertBothFailed(activity, "a reason", server);
  });
}

test("activity: the client is closed during the work, and IDLE is refused: both errors", async (t) => {
  const server = await startFaultServer(t, [reply(), refused]);
  const client = connect(t, server);
  const held = heldWork();
  const activity = client.runActivity(SOURCE, "REBUILD", held.work);
  await held.begun;
  const closed = client.close();
  held.end();
  const error = await reasonOf(activity);
  checked(error.errors[0], { code: "closed" });
  await assertBothFailed(Promise.reject(error), error.errors[0], server);
  assert.equal(await closed, undefined);
});

test("activity: a started one that ends, and IDLE is refused: left_active", async (t) => {
  const server = await startFaultServer(t, [reply(), refused]);
  const activity = await connect(t, server).startActivity(SOURCE, "REBUILD");
  checkLeftActive(await reasonOf(activity.end()), server);
});

test("activity: a started one that was aborted, and IDLE is refused: its end rejects with left_active", async (t) => {
  const server = await startFaultServer(t, [reply(), refused]);
  const controller = new AbortController();
  const activity = await connect(t, server).startActivity(SOURCE, "REBUILD", { signal: controller.signal });
  controller.abort();
  checkLeftActive(await reasonOf(activity.end()), server);
});

test("activity: all that wait for the same IDLE reject when it fails", async (t) => {
  const server = await startFaultServer(t, [reply(), refused]);
  const client = connect(t, server);
  const held = heldWork();
  const first = client.runActivity(SOURCE, "REBUILD", held.work);
  await held.begun;
  assert.equal(await client.runActivity(SOURCE, "REBUILD", () => "ended before"), "ended before");
  const started = await client.startActivity(SOURCE, "REBUILD");
  held.end("the first");
  assert.equal(await first, "the first");
  checkLeftActive(await reasonOf(started.end()), server);
});

test("activity: closeTimeoutMs is over: left_active, after that time", async (t) => {
  const server = await startFaultServer(t, [reply(), forever(stall())]);
  const clock = new Clock(t);
  const client = connect(t, server, { closeTimeoutMs: 3 * HOUR_MS, attemptTimeoutMs: HOUR_MS });
  const activity = client.runActivity(SOURCE, "REBUILD", () => "done");
  let isOver = false;
  activity.catch(() => (isOver = true));
  for (const n of [2, 3]) {
    await server.received(n);
    clock.pass(HOUR_MS);
  }
  await server.received(4);
  assert.equal(isOver, false);
  clock.pass(HOUR_MS);
  const error = await failureOf(activity, {
    code: "left_active",
    outcome: "unknown",
    value: "done",
    attempts: 3,
  });
  assert.equal(error.hint, repair(server));
});

test("activity: the next activity repairs a source that was left active", async (t) => {
  const server = await startFaultServer(t, [reply(), refused, reply(), reply()]);
  const client = connect(t, server);
  checkLeftActive(await reasonOf(client.runActivity(SOURCE, "REBUILD", () => {})), server);
  assert.equal(await client.runActivity(SOURCE, "REFRESH", () => "done"), "done");
  assertLedger(server, "REBUILD", "IDLE", "REFRESH", "IDLE");
});
