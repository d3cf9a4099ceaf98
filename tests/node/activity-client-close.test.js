import assert from "node:assert/strict";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { startFaultServer } from "../faults/server.js";
import { delayed, reply, stall } from "../faults/steps.js";
import { Clock } from "./clock.js";
import { connect } from "./connect.js";
import { checked, failureOf, reasonOf } from "./failure.js";
import { assertLedger } from "./ledger.js";
import { SOURCE, sources } from "./sample.js";
import { HOUR_MS, RELEASE_MS } from "./waits.js";
import { deafWork, deferred, forbiddenWork, heldWork, obedientWork } from "./work.js";

const closed = { code: "closed" };

/** The ways to close a client. Each resolves when the client is closed, or at once if it cannot know. */
const ways = {
  "close()": (client) => client.close(),
  "await using": (client) => client[Symbol.asyncDispose](),
  "free()": async (client) => client.free(),
};

for (const [way, close] of Object.entries(ways)) {
  test(`activity: ${way} during the work: it gets the signal, IDLE, then closed`, async (t) => {
    const server = await startFaultServer(t, [reply(), delayed(40, reply())]);
    const client = connect(t, server);
    const begun = deferred();
    const activity = client.runActivity(SOURCE, "REBUILD", (context) => {
      begun.resolve(context);
      return obedientWork(context);
    });
    const { signal } = await begun.promise;
    const closing = close(client);
    checked(signal.reason, closed);
    await failureOf(activity, closed);
    await closing;
    assertLedger(server, "REBUILD", "IDLE");
    await failureOf(client.runActivity(SOURCE, "REBUILD", forbiddenWork), closed);
    await failureOf(client.startActivity(SOURCE, "REBUILD"), closed);
  });

  test(`activity: ${way} with a started one: IDLE, and its end resolves`, async (t) => {
    const server = await startFaultServer(t, [reply(), delayed(40, reply())]);
    const client = connect(t, server);
    const activity = await client.startActivity(SOURCE, "REBUILD");
    const closing = close(client);
    checked(activity.signal.reason, closed);
    assert.equal(await activity.end(), undefined);
    await closing;
    assert.equal(await activity.end(), undefined);
    assertLedger(server, "REBUILD", "IDLE");
  });

  test(`activity: ${way} while the active status is in flight: no work, IDLE, then closed`, async (t) => {
    const server = await startFaultServer(t, [stall(), reply()]);
    const clock = new Clock(t);
    const client = connect(t, server);
    const run = client.runActivity(SOURCE, "REBUILD", forbiddenWork);
    const start = client.startActivity(SOURCE, "REBUILD");
    await server.received();
    const closing = close(client);
    clock.pass(RELEASE_MS);
    await failureOf(run, closed);
    await failureOf(start, closed);
    await closing;
    assertLedger(server, "REBUILD", "IDLE");
  });
}

test("activity: close() waits for the work's end, IDLE, and every activity", async (t) => {
  const ids = sources(3);
  const answers = ids.map((id, index) => [id, [reply(), delayed(40 * index, reply())]]);
  const server = await startFaultServer(t, Object.fromEntries(answers));
  const client = connect(t, server);
  const held = ids.map(() => heldWork());
  const [settled, activities] = [[], []];
  for (const [index, id] of ids.entries()) {
    const activity = client.runActivity(id, "REBUILD", held[index].work);
    activities.push(activity.catch(() => settled.push(id)));
  }
  for (const { begun } of held) await begun;
  let isClosed = false;
  const closing = client.close().then(() => (isClosed = true));
  await sleep(60);
  assert.deepEqual([isClosed, server.requests.length], [false, 3], "the work has not ended");
  for (const { end } of held) end();
  await closing;
  assert.equal(server.requests.length, 6);
  await Promise.all(activities);
  assert.deepEqual(settled.sort(), ids);
});

test("activity: close() waits no longer than the grace for work that ignores the signal", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const client = connect(t, server);
  const begun = deferred();
  const work = () => {
    begun.resolve();
    return deafWork();
  };
  const clock = new Clock(t);
  const activity = client.runActivity(SOURCE, "REBUILD", work, { gracePeriodMs: 2 * HOUR_MS });
  await begun.promise;
  const closing = client.close();
  clock.pass(HOUR_MS);
  await sleep(20);
  assertLedger(server, "REBUILD");
  clock.pass(HOUR_MS);
  const [error] = await Promise.all([reasonOf(activity), closing]);
  checked(error, closed);
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: the work closes its own client, and waits for that: the grace ends it", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const client = connect(t, server);
  const activity = client.runActivity(SOURCE, "REBUILD", () => client.close(), { gracePeriodMs: 50 });
  await failureOf(activity, closed);
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: close() during IDLE: the activity ends as if nothing had happened", async (t) => {
  const server = await startFaultServer(t, [reply(), delayed(60, reply())]);
  const client = connect(t, server);
  const activity = client.runActivity(SOURCE, "REBUILD", () => "done");
  await server.received(2);
  await client.close();
  assert.equal(await activity, "done");
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: closed while it waits for another one's IDLE: closed at once, nothing is sent for it", async (t) => {
  const server = await startFaultServer(t, [reply(), delayed(60, reply())]);
  const client = connect(t, server);
  const first = client.runActivity(SOURCE, "REBUILD", () => "done");
  await server.received(2);
  const second = client.runActivity(SOURCE, "REFRESH", forbiddenWork);
  const closing = client.close();
  await failureOf(second, closed);
  assert.equal(await first, "done");
  await closing;
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: closed twice and freed: one IDLE", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const client = connect(t, server);
  const activity = await client.startActivity(SOURCE, "REBUILD");
  const closing = [client.close(), client.close()];
  client.free();
  client.free();
  await Promise.all(closing);
  await activity.end();
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: calls that were made before close() keep their place before IDLE", async (t) => {
  const server = await startFaultServer(t, [reply(), delayed(30, reply()), reply()]);
  const client = connect(t, server);
  const activity = await client.startActivity(SOURCE, "REBUILD");
  const call = client.setStatus(SOURCE, "REFRESH");
  await client.close();
  assert.equal((await call).httpStatus, 201);
  await activity.end();
  assertLedger(server, "REBUILD", "REFRESH", "IDLE");
});

test("activity: closed during the work: signal and activity give the same error, which is true", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const client = connect(t, server);
  const begun = deferred();
  const activity = client.runActivity(SOURCE, "REBUILD", (context) => {
    begun.resolve(context);
    return obedientWork(context);
  });
  const { signal } = await begun.promise;
  const closing = client.close();
  const error = await reasonOf(activity);
  await closing;
  assert.doesNotMatch(error.message, /not applied/, "REBUILD was applied");
  assert.equal(error, signal.reason);
});
