import assert from "node:assert/strict";
import test from "node:test";

import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { delayed, reply, reset, stall } from "../faults/steps.js";
import { assertLedger } from "./ledger.js";
import { runProgram } from "./program.js";
import { throttled } from "./waits.js";

/**
 * Runs an activity in a process whose clocks can be moved: `sleepFor8Hours()` is what a laptop does whose lid was
 * closed. Sockets and timers stay the real ones.
 */
async function runWithClock(t, server, source) {
  const { code, stdout, stderr } = await runProgram(
    t,
    `
    const clocks = [[performance, performance.now.bind(performance)], [Date, Date.now]];
    let sleptMs = 0;
    for (const [clock, now] of clocks) clock.now = () => now() + sleptMs;
    const sleepFor8Hours = () => (sleptMs += 8 * 3_600_000);
    const connect = (onEvent, options) => new StatusClient({
      organizationId: ORGANIZATION, accessToken: TOKEN, endpoint: process.argv[1], onEvent,
      retry: { attempts: 1, baseDelayMs: 100 }, ...options,
    });
    const said = (promise) => promise.then(console.log, (error) => console.log(error.code));
    ${source}`,
    { args: [server.endpoint] },
  );
  assert.equal(code, 0, stderr);
  return stdout.trim();
}

test("row 44: the clock jumps by 8 h during the work: IDLE gets its attempt", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const said = await runWithClock(
    t,
    server,
    `await said(connect().runActivity(SOURCE, "REBUILD", () => { sleepFor8Hours(); return "done"; }));`,
  );
  assert.equal(said, "done");
  assertLedger(server, "REBUILD", "IDLE");
});

test("row 44: the clock jumps during the work, and IDLE fails at first: it still has all of its time", async (t) => {
  const server = await startFaultServer(t, [
    reply(),
    reset(),
    reply({ status: 500 }),
    throttled("1"),
    reply(),
  ]);
  const said = await runWithClock(
    t,
    server,
    `await said(connect().runActivity(SOURCE, "REBUILD", () => { sleepFor8Hours(); return "done"; }));`,
  );
  assert.equal(said, "done");
  assertLedger(server, "REBUILD", "IDLE", "IDLE", "IDLE", "IDLE");
});

test("row 44: the clock jumps while a started activity is held: IDLE gets its attempt", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const said = await runWithClock(
    t,
    server,
    `const activity = await connect().startActivity(SOURCE, "REBUILD");
     sleepFor8Hours();
     await said(activity.end().then(() => "done"));`,
  );
  assert.equal(said, "done");
  assertLedger(server, "REBUILD", "IDLE");
});

/** The moments of the closing IDLE at which the clock jumps, and what the service does then. */
const moments = {
  "in the backoff after a failed attempt": {
    steps: [reply({ status: 500 }), reply()],
    jump: 'type === "retry" && setTimeout(sleepFor8Hours, 20)',
  },
  "at the gate after a Retry-After": {
    steps: [throttled("1"), reply()],
    jump: 'type === "throttled" && setTimeout(sleepFor8Hours, 20)',
  },
  "while an attempt is in flight that is answered afterwards": {
    steps: [delayed(150, reply())],
    jump: 'type === "attempt" && statusType === "IDLE" && setTimeout(sleepFor8Hours, 50)',
  },
  "while an attempt is in flight that is never answered": {
    steps: [stall(), reply()],
    jump: 'type === "attempt" && statusType === "IDLE" && attempt === 1 && setTimeout(sleepFor8Hours, 50)',
    options: "{ attemptTimeoutMs: 300 }",
  },
  "while an attempt is in flight whose connection is gone afterwards": {
    steps: [delayed(150, reset()), reply()],
    jump: 'type === "attempt" && statusType === "IDLE" && attempt === 1 && setTimeout(sleepFor8Hours, 50)',
  },
  "while an attempt is in flight that fails afterwards": {
    steps: [delayed(150, reply({ status: 502 })), reply()],
    jump: 'type === "attempt" && statusType === "IDLE" && attempt === 1 && setTimeout(sleepFor8Hours, 50)',
  },
};

for (const [moment, { steps, jump, options = "{}" }] of Object.entries(moments)) {
  test(`row 44: the clock jumps by 8 h during IDLE, ${moment}: it is set`, async (t) => {
    const server = await startFaultServer(t, [reply(), ...steps]);
    const said = await runWithClock(
      t,
      server,
      `const client = connect(({ type, statusType, attempt }) => { ${jump}; }, ${options});
       await said(client.runActivity(SOURCE, "REBUILD", () => "done"));`,
    );
    assert.equal(said, "done");
    assertLedger(server, "REBUILD", ...steps.map(() => "IDLE"));
  });
}

test("row 44: the clock jumps while work that was aborted has its grace: IDLE", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const said = await runWithClock(
    t,
    server,
    `const controller = new AbortController();
     setTimeout(sleepFor8Hours, 200);
     const work = () => { controller.abort({ code: "aborted" }); return new Promise(() => {}); };
     const options = { signal: controller.signal, gracePeriodMs: 400 };
     await said(connect().runActivity(SOURCE, "REBUILD", work, options));`,
  );
  assert.equal(said, "aborted");
  assertLedger(server, "REBUILD", "IDLE");
});

test("row 44: IDLE that fails for ever after a jump is not tried for ever", async (t) => {
  const server = await startFaultServer(t, [reply(), forever(reply({ status: 500 }))]);
  const said = await runWithClock(
    t,
    server,
    `const client = connect(({ type, attempt }) => { if (type === "retry" && attempt === 2) sleepFor8Hours(); }, {
       closeTimeoutMs: 5000, attemptTimeoutMs: 600, retry: { baseDelayMs: 50, maxDelayMs: 100 },
     });
     await said(client.runActivity(SOURCE, "REBUILD", () => {}));`,
  );
  assert.equal(said, "left_active");
  assert.ok(server.gap(2, server.requests.length) < 2000);
});

test("activity: 5 s of grace and 90 s for IDLE, unless told otherwise", async (t) => {
  const server = await startFaultServer(t, [reply(), forever(reply({ status: 500 }))]);
  const FASTER = 40;
  const { code, stdout, stderr } = await runProgram(
    t,
    `
    const [now, setTimer] = [performance.now.bind(performance), setTimeout];
    performance.now = () => now() * ${FASTER};
    globalThis.setTimeout = (callback, delayMs, ...args) => setTimer(callback, delayMs / ${FASTER}, ...args);
    const times = [];
    const client = new StatusClient({
      organizationId: ORGANIZATION, accessToken: TOKEN, endpoint: process.argv[1],
      onEvent: ({ type }) => type === "attempt" && times.push(performance.now()),
    });
    const controller = new AbortController();
    let abortedAt;
    const work = () => {
      abortedAt = performance.now();
      controller.abort();
      return new Promise(() => {});
    };
    const { errors } = await client.runActivity(SOURCE, "REBUILD", work, { signal: controller.signal })
      .catch((error) => error);
    const endedAt = performance.now();
    console.log(JSON.stringify([times[1] - abortedAt, endedAt - times[1], errors[1].code]));`,
    { args: [server.endpoint] },
  );
  assert.equal(code, 0, stderr);
  const [graceMs, closingMs, leftActive] = JSON.parse(stdout);
  assert.ok(graceMs >= 5000 - FASTER && graceMs < 8000, `${graceMs} ms of grace`);
  // The last backoff may end the wait up to 8 s before the time is over.
  assert.ok(closingMs > 81_000 && closingMs < 100_000, `${closingMs} ms for IDLE`);
  assert.equal(leftActive, "left_active");
});
