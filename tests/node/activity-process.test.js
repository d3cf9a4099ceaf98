import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { delayed, reply, resetBody, stall } from "../faults/steps.js";
import { assertLedger } from "./ledger.js";
import { runProgram } from "./program.js";
import { NEVER_MS } from "./waits.js";

/** Fails unless a program ends by itself, with no output on standard error. A remaining timer would keep it alive. */
async function assertEnds(t, server, body) {
  const { code, stdout, stderr } = await runProgram(
    t,
    `
    const client = new StatusClient({
      organizationId: ORGANIZATION, accessToken: TOKEN, endpoint: process.argv[1], retry: { baseDelayMs: 10 },
      attemptTimeoutMs: ${NEVER_MS}, totalTimeoutMs: ${NEVER_MS}, closeTimeoutMs: ${NEVER_MS},
    });
    ${body}`,
    { args: [server.endpoint] },
  );
  assert.deepEqual([code, stdout, stderr], [0, "", ""]);
}

test("activity: a program ends by itself after one, without closing the client", async (t) => {
  const server = await startFaultServer(t, [reply({ body: "{}" }), reply({ body: "{}" })]);
  await assertEnds(t, server, 'await client.runActivity(SOURCE, "REBUILD", () => {});');
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: a program that does nothing but hold one sets IDLE, and ends by itself", async (t) => {
  const server = await startFaultServer(t, [reply({ body: "{}" }), reply({ body: "{}" })]);
  await assertEnds(t, server, 'globalThis.held = await client.startActivity(SOURCE, "REBUILD");');
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: work that waits for what never comes ends when nothing else is left to do", async (t) => {
  const server = await startFaultServer(t, () => reply({ body: "{}" }));
  const { code, stdout, stderr } = await runProgram(
    t,
    `
    const client = new StatusClient({ organizationId: ORGANIZATION, accessToken: TOKEN, endpoint: process.argv[1] });
    const options = { gracePeriodMs: 10 };
    const never = () => new Promise((resolve) => setTimeout(resolve, ${NEVER_MS}).unref());
    const runs = Array.from({ length: 12 }, (_, n) => client.runActivity(SOURCE + n, "REBUILD", never, options));
    for (const { reason } of await Promise.allSettled(runs)) console.log(reason.code, reason.message);
    await client.setStatus(SOURCE, "REFRESH");
    console.log(process.listenerCount("beforeExit"));`,
    { args: [server.endpoint] },
  );
  const text =
    "closed the process has nothing left to do, and the activity has not ended; end the activity, or look for a promise " +
    "in its work that nothing settles";
  assert.deepEqual([code, stderr], [0, ""]);
  assert.deepEqual(stdout.trim().split("\n"), [...Array(12).fill(text), "0"]);
  const sent = server.requests.map(({ statusType }) => statusType);
  const statuses = [...Array(12).fill("REBUILD"), ...Array(12).fill("IDLE"), "REFRESH"];
  assert.deepEqual(sent, statuses);
});

test("row 48: an activity ends also where a test has taken its page away in the meantime", async (t) => {
  const server = await startFaultServer(t, [reply({ body: "{}" }), reply({ body: "{}" })]);
  await assertEnds(
    t,
    server,
    `globalThis.addEventListener = globalThis.removeEventListener = () => {};
     await client.runActivity(SOURCE, "REBUILD", () => {
       delete globalThis.addEventListener;
       delete globalThis.removeEventListener;
     });
     await client.close();`,
  );
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: work that was given up keeps no program alive", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  await assertEnds(
    t,
    server,
    `const controller = new AbortController();
     const work = () => { controller.abort(); return new Promise(() => {}); };
     const options = { signal: controller.signal, gracePeriodMs: 50 };
     await client.runActivity(SOURCE, "REBUILD", work, options).catch(() => {});`,
  );
});

test("activity: the grace keeps no program alive whose work has stopped", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  await assertEnds(
    t,
    server,
    `const controller = new AbortController();
     const options = { signal: controller.signal, gracePeriodMs: ${NEVER_MS} };
     await client.runActivity(SOURCE, "REBUILD", () => controller.abort(), options).catch(() => {});`,
  );
});

test("activity: nothing of an IDLE that is set keeps a program alive", async (t) => {
  const server = await startFaultServer(t, [reply(), reply({ status: 500 }), reply({ body: "{}" })]);
  await assertEnds(
    t,
    server,
    'const { end } = await client.startActivity(SOURCE, "REBUILD"); await end(); await client.close();',
  );
});

test("activity: a program that has freed its client lives until IDLE is set", async (t) => {
  const server = await startFaultServer(t, [reply(), delayed(200, reply())]);
  const { code, stderr } = await runProgram(
    t,
    `
    const client = new StatusClient({
      organizationId: ORGANIZATION, accessToken: TOKEN, endpoint: process.argv[1],
      onEvent: ({ type, statusType }) => {
        if (type === "attempt" && statusType === "IDLE") setImmediate(() => client.free());
      },
    });
    client.runActivity(SOURCE, "REBUILD", () => {}).then(() => process.exitCode = 7);`,
    { args: [server.endpoint] },
  );
  assert.equal(code, 7, stderr);
  assertLedger(server, "REBUILD", "IDLE");
});

test("activity: no rejection is unhandled, however an activity fails", async (t) => {
  const answers = {
    "refused REBUILD": reply({ status: 403 }),
    "unknown REBUILD": reply({ status: 500 }),
    "unknown IDLE": reply({ status: 403 }),
    "left-active REBUILD": reply(),
    "left-active IDLE": reply({ status: 403 }),
    "ended-unheard REBUILD": reply(),
    "ended-unheard IDLE": reply({ status: 403 }),
    "aborted REBUILD": reply(),
    "aborted IDLE": resetBody({ status: 403 }),
    "in-flight REBUILD": stall(),
    "in-flight IDLE": reply({ status: 404 }),
    "closed REBUILD": reply(),
    "closed IDLE": reply({ status: 403 }),
  };
  const server = await startFaultServer(
    t,
    ({ sourceId, statusType }) => answers[`${sourceId} ${statusType}`],
  );
  const { code, stdout, stderr } = await runProgram(
    t,
    `
    process.on("unhandledRejection", (reason) => console.log("unhandled", reason));
    const client = new StatusClient({
      organizationId: ORGANIZATION, accessToken: TOKEN, endpoint: process.argv[1], retry: { attempts: 1 },
    });
    const [rejected, outcomes] = [() => Promise.reject(new Error("of the work")), []];
    const run = (id, work = () => {}, options) => outcomes.push(client.runActivity(id, "REBUILD", work, options));
    const controller = new AbortController();
    run("refused");
    run("unknown");
    run("left-active", rejected);
    run("aborted", () => { setTimeout(() => controller.abort(), 10); return new Promise(() => {}); },
      { signal: controller.signal, gracePeriodMs: 0 });
    const inFlight = new AbortController();
    run("in-flight", rejected, inFlight);
    outcomes.push(client.startActivity("ended-unheard", "REBUILD").then((activity) => { activity.end(); }));
    outcomes.push(client.startActivity("closed", "REBUILD"));
    setTimeout(() => inFlight.abort(), 100);
    const settled = await Promise.allSettled(outcomes);
    await client.close();
    console.log(settled.filter(({ status }) => status === "rejected").length);`,
    { args: [server.endpoint] },
  );
  assert.equal(code, 0, stderr);
  assert.equal(stdout.trim(), "5");
});
