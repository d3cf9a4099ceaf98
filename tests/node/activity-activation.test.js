import assert from "node:assert/strict";
import test from "node:test";

import { freePort } from "../faults/port.js";
import { startFaultServer } from "../faults/server.js";
import { delayed, raw, reply, reset, stall } from "../faults/steps.js";
import { Clock } from "./clock.js";
import { connect } from "./connect.js";
import { failureOf } from "./failure.js";
import { assertLedger } from "./ledger.js";
import { SOURCE, sources } from "./sample.js";
import { ATTEMPT_MS, afterEndOf, TIMER_MS, throttled } from "./waits.js";
import { forbiddenWork } from "./work.js";

const ONE_ATTEMPT = { retry: { attempts: 1 } };

const certain = {
  401: [reply({ status: 401 }), "unauthenticated"],
  403: [reply({ status: 403 }), "forbidden"],
  404: [reply({ status: 404 }), "not_found"],
  412: [reply({ status: 412 }), "rejected"],
  501: [reply({ status: 501 }), "rejected"],
  "a redirect": [reply({ status: 302, headers: { location: "/login" } }), "redirected"],
  "429 until its attempts are used up": [reply({ status: 429 }), "throttled"],
  "429 for an hour": [throttled("3600"), "throttled"],
  "503 until its attempts are used up": [reply({ status: 503 }), "unavailable"],
};

for (const [what, [step, code]] of Object.entries(certain)) {
  test(`activity: the active status gets ${what}: no work, and no IDLE`, async (t) => {
    const server = await startFaultServer(t, [step]);
    const activity = connect(t, server, ONE_ATTEMPT).runActivity(SOURCE, "REBUILD", forbiddenWork);
    await failureOf(activity, { code, statusType: "REBUILD", outcome: "not_applied", attempts: 1 });
    assertLedger(server, "REBUILD");
  });
}

test("activity: nothing listens: no work, and no attempt at IDLE", async (t) => {
  const endpoint = `http://127.0.0.1:${await freePort()}/push/v1`;
  const client = connect(t, { endpoint }, ONE_ATTEMPT);
  const expected = { code: "network", statusType: "REBUILD", outcome: "not_applied" };
  await failureOf(client.runActivity(SOURCE, "REBUILD", forbiddenWork), expected);
});

test("activity: the token function fails: no work, and nothing is sent", async (t) => {
  const server = await startFaultServer(t, []);
  const client = connect(t, server, { accessToken: () => Promise.reject(new Error("no vault")) });
  const error = await failureOf(client.runActivity(SOURCE, "REBUILD", forbiddenWork), {
    code: "token_unavailable",
    statusType: "REBUILD",
    attempts: 0,
  });
  assert.equal(error.cause.message, "no vault");
  assert.equal(server.connections, 0);
});

const unknown = {
  500: [reply({ status: 500 }), "unavailable"],
  502: [reply({ status: 502, body: "<html>" }), "unavailable"],
  504: [reply({ status: 504 }), "unavailable"],
  408: [reply({ status: 408 }), "unavailable"],
  "a reset": [reset(), "network"],
  "no answer in time": [stall(), "timeout"],
  "a broken answer": [raw("HTTP/1.1 what\r\n\r\n"), "network"],
};

for (const [what, [step, code]] of Object.entries(unknown)) {
  test(`activity: the active status gets ${what}: no work, IDLE, then the first error`, async (t) => {
    const server = await startFaultServer(t, [step, reply()]);
    const clock = new Clock(t);
    const activity = connect(t, server, ONE_ATTEMPT).runActivity(SOURCE, "REBUILD", forbiddenWork);
    await server.received();
    if (code === "timeout") clock.pass(ATTEMPT_MS);
    await failureOf(activity, { code, statusType: "REBUILD", outcome: "unknown", attempts: 1 });
    assertLedger(server, "REBUILD", "IDLE");
  });
}

test("activity: the first error of an unknown outcome comes out only when IDLE is set", async (t) => {
  const server = await startFaultServer(t, [
    stall(),
    afterEndOf(() => server.requests[0], delayed(60, reply())),
  ]);
  const clock = new Clock(t);
  const activity = connect(t, server, ONE_ATTEMPT).runActivity(SOURCE, "REBUILD", forbiddenWork);
  await server.received();
  clock.pass(ATTEMPT_MS);
  await failureOf(activity, { code: "timeout" });
  const [, idle] = server.requests;
  assert.ok(performance.now() - idle.at >= 60 - TIMER_MS);
});

test("activity: unknownOutcome stop is for the active status; IDLE is tried again all the same", async (t) => {
  const server = await startFaultServer(t, [
    reply({ status: 500 }),
    reply({ status: 500 }),
    reset(),
    reply(),
  ]);
  const client = connect(t, server, { retry: { unknownOutcome: "stop" } });
  await failureOf(client.runActivity(SOURCE, "REBUILD", forbiddenWork), { code: "unavailable", attempts: 1 });
  assertLedger(server, "REBUILD", "IDLE", "IDLE", "IDLE");
});

test("row 43: 500 that was applied, then 403, on an activity's first call: unknown, so IDLE is sent", async (t) => {
  const server = await startFaultServer(t, [reply({ status: 500 }), reply({ status: 403 }), reply()]);
  const error = await failureOf(connect(t, server).runActivity(SOURCE, "REBUILD", forbiddenWork), {
    code: "forbidden",
    httpStatus: 403,
    statusType: "REBUILD",
    attempts: 2,
    outcome: "unknown",
  });
  assert.match(error.message, /may have been applied/);
  assertLedger(server, "REBUILD", "REBUILD", "IDLE");
});

test("row 43: 429, then 403: each attempt was refused for certain, so no IDLE is sent", async (t) => {
  const server = await startFaultServer(t, [reply({ status: 429 }), reply({ status: 403 })]);
  const activity = connect(t, server).runActivity(SOURCE, "REBUILD", forbiddenWork);
  await failureOf(activity, { code: "forbidden", attempts: 2, outcome: "not_applied" });
  assertLedger(server, "REBUILD", "REBUILD");
});

for (const method of ["runActivity", "startActivity"]) {
  test(`row 42: ${method} at a gate that is closed for an hour: rejects at once, nothing is sent`, async (t) => {
    const [first, second] = sources(2);
    const server = await startFaultServer(t, { [first]: [throttled("3600")] });
    const client = connect(t, server);
    await failureOf(client.setStatus(first, "REBUILD"), { code: "throttled" });
    const begun = method === "runActivity" ? [second, "REBUILD", forbiddenWork] : [second, "REBUILD"];
    await failureOf(client[method](...begun), { code: "throttled", attempts: 0, sourceId: second });
  });
}
