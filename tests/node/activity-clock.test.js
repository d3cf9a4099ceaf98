import assert from "node:assert/strict";
import test from "node:test";
import { setImmediate } from "node:timers/promises";

import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { reply, reset, stall } from "../faults/steps.js";
import { Clock } from "./clock.js";
import { connect } from "./connect.js";
import { failureOf, reasonOf } from "./failure.js";
import { assertLedger } from "./ledger.js";
import { runProgram } from "./program.js";
import { SOURCE } from "./sample.js";
import { HOUR_MS, heldUntil, NEVER_MS, passing, throttled } from "./waits.js";
import { deafWork, deferred } from "./work.js";

/** Sleeps like a laptop with a closed lid. */
const sleepFor8Hours = (clock) => clock.jump(8 * HOUR_MS);

const ONE_ATTEMPT = { retry: { attempts: 1 } };

test("row 44: the clock jumps by 8 h during the work: IDLE gets its attempt", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const clock = new Clock(t);
  const work = () => {
    sleepFor8Hours(clock);
    return "done";
  };
  assert.equal(await connect(t, server, ONE_ATTEMPT).runActivity(SOURCE, "REBUILD", work), "done");
  assertLedger(server, "REBUILD", "IDLE");
});

test("row 44: the clock jumps during the work, and IDLE fails at first: it still has all of its time", async (t) => {
  const server = await startFaultServer(t, [
    reply(),
    reset(),
    reply({ status: 500 }),
    throttled("60"),
    reply(),
  ]);
  const clock = new Clock(t);
  const client = connect(t, server, { ...ONE_ATTEMPT, onEvent: passing(clock) });
  const work = () => {
    sleepFor8Hours(clock);
    return "done";
  };
  assert.equal(await client.runActivity(SOURCE, "REBUILD", work), "done");
  assertLedger(server, "REBUILD", "IDLE", "IDLE", "IDLE", "IDLE");
});

test("row 44: the clock jumps while a started activity is held: IDLE gets its attempt", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const clock = new Clock(t);
  const activity = await connect(t, server, ONE_ATTEMPT).startActivity(SOURCE, "REBUILD");
  sleepFor8Hours(clock);
  await activity.end();
  assertLedger(server, "REBUILD", "IDLE");
});

/** The moments between two attempts of the closing IDLE at which the clock jumps. */
const waiting = {
  "in the backoff after a failed attempt": ["retry", reply({ status: 500 })],
  "at the gate after a Retry-After": ["throttled", throttled("60")],
};

for (const [moment, [event, step]] of Object.entries(waiting)) {
  test(`row 44: the clock jumps by 8 h during IDLE, ${moment}: it is set`, async (t) => {
    const server = await startFaultServer(t, [reply(), step, reply()]);
    const clock = new Clock(t);
    const slept = deferred();
    const onEvent = async ({ type }) => {
      if (type !== event) return;
      await setImmediate();
      sleepFor8Hours(clock);
      slept.resolve();
    };
    const client = connect(t, server, { ...ONE_ATTEMPT, onEvent });
    const activity = client.runActivity(SOURCE, "REBUILD", () => "done");
    await slept.promise;
    clock.pass(0);
    assert.equal(await activity, "done");
    assertLedger(server, "REBUILD", "IDLE", "IDLE");
  });
}

/** The outcomes of the attempt that is in flight when the clock jumps. */
const inFlight = {
  "is answered afterwards": [reply()],
  "is never answered": [stall(), reply()],
  "loses its connection afterwards": [reset(), reply()],
  "fails afterwards": [reply({ status: 502 }), reply()],
};

for (const [what, [step, ...further]] of Object.entries(inFlight)) {
  test(`row 44: the clock jumps by 8 h during IDLE, while an attempt is in flight that ${what}: it is set`, async (t) => {
    const slept = deferred();
    const server = await startFaultServer(t, [reply(), heldUntil(() => slept.promise, step), ...further]);
    const clock = new Clock(t);
    const client = connect(t, server, { ...ONE_ATTEMPT, onEvent: passing(clock) });
    const activity = client.runActivity(SOURCE, "REBUILD", () => "done");
    await server.received(2);
    sleepFor8Hours(clock);
    slept.resolve();
    if (what === "is never answered") clock.pass(0);
    assert.equal(await activity, "done");
    assertLedger(server, "REBUILD", "IDLE", ...further.map(() => "IDLE"));
  });
}

test("row 44: the clock jumps while work that was aborted has its grace: IDLE", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const clock = new Clock(t);
  const controller = new AbortController();
  const work = () => {
    controller.abort("aborted");
    return deafWork();
  };
  const options = { signal: controller.signal, gracePeriodMs: NEVER_MS };
  const activity = connect(t, server, ONE_ATTEMPT).runActivity(SOURCE, "REBUILD", work, options);
  await server.received();
  controller.signal.onabort = async () => {
    await setImmediate();
    sleepFor8Hours(clock);
    clock.pass(0);
  };
  assert.equal(await reasonOf(activity), "aborted");
  assertLedger(server, "REBUILD", "IDLE");
});

test("row 44: IDLE that fails for ever after a jump is not tried for ever", async (t) => {
  const server = await startFaultServer(t, [reply(), forever(reply({ status: 500 }))]);
  const clock = new Clock(t);
  const onEvent = async ({ type, attempt, delayMs }) => {
    if (type !== "retry") return;
    await setImmediate();
    if (attempt === 2) sleepFor8Hours(clock);
    clock.pass(delayMs);
  };
  const client = connect(t, server, { onEvent, retry: { baseDelayMs: 1000 } });
  const activity = client.runActivity(SOURCE, "REBUILD", () => {});
  const { attempts } = await failureOf(activity, { code: "left_active" });
  // The jump uses up the time, and one more attempt is left.
  assert.ok(attempts <= 6, `${attempts} attempts`);
});

test("activity: 90 s for IDLE by default", async (t) => {
  const server = await startFaultServer(t, [reply(), forever(stall())]);
  const clock = new Clock(t);
  const client = connect(t, server, { attemptTimeoutMs: 30_000 });
  const activity = client.runActivity(SOURCE, "REBUILD", () => {});
  for (const n of [2, 3, 4]) {
    await server.received(n);
    clock.pass(30_000);
  }
  await failureOf(activity, { code: "left_active", attempts: 3 });
  assert.ok(performance.now() - server.requests[1].at >= 90_000);
});

for (const clock of ["Date", "performance"]) {
  test(`a ${clock} that was replaced returns Infinity: the call ends with the answer of the service`, async (t) => {
    const server = await startFaultServer(t, [reply({ status: 503 })]);
    const program = `
      ${clock}.now = () => Infinity;
      const client = new StatusClient({
        organizationId: ORGANIZATION, accessToken: TOKEN, endpoint: process.argv[1], retry: { attempts: 1 },
      });
      await client.setStatus(SOURCE, "REBUILD").catch(({ code }) => console.log(code));`;
    const { stdout, stderr } = await runProgram(t, program, { args: [server.endpoint] });
    assert.deepEqual({ stdout, stderr }, { stdout: "unavailable\n", stderr: "" });
  });
}
