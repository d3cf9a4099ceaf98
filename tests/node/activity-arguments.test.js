import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "./connect.js";
import { assertSays, failureOf, thrownBy } from "./failure.js";
import { StatusClient } from "./package.js";
import { ORGANIZATION, SOURCE, TOKEN } from "./sample.js";
import { forbiddenWork } from "./work.js";

/** Fails unless a method refuses these arguments by a rejected promise, before anything is sent. */
async function assertRefused(t, method, args, argument) {
  const server = await startFaultServer(t, []);
  const error = await failureOf(connect(t, server)[method](...args), { code: "invalid_argument", argument });
  assertSays(error, argument);
  assert.equal(server.connections, 0);
  return error;
}

for (const [method, ...rest] of [["runActivity", forbiddenWork], ["startActivity"]]) {
  test(`activity: ${method} refuses IDLE, which is no active status`, async (t) => {
    const error = await assertRefused(t, method, [SOURCE, "IDLE", ...rest], "statusType");
    assertSays(error, "IDLE", "REBUILD");
  });

  for (const status of ["rebuild", "RESCAN", "Refresh", "", undefined, null, 42, {}]) {
    test(`row 30: ${method} refuses the status ${JSON.stringify(status)}`, (t) =>
      assertRefused(t, method, [SOURCE, status, ...rest], "statusType"));
  }

  for (const id of ["", "a/b", "..", "x/../../sources/other", undefined, null, 42]) {
    test(`row 29: ${method} refuses the source id ${JSON.stringify(id)}`, (t) =>
      assertRefused(t, method, [id, "REBUILD", ...rest], "sourceId"));
  }

  for (const [argument, options] of [
    ["options", null],
    ["options", 42],
    ["signal", { signal: {} }],
    ["signal", { signal: null }],
    ["signals", { signals: "a typing error" }],
  ]) {
    test(`row 27: ${method} refuses the options ${JSON.stringify(options)}`, (t) =>
      assertRefused(t, method, [SOURCE, "REBUILD", ...rest, options], argument));
  }
}

for (const work of [undefined, null, 42, "work", {}, Promise.resolve()]) {
  test(`activity: work that is no function (${typeof work}): refused before anything is sent`, (t) =>
    assertRefused(t, "runActivity", [SOURCE, "REBUILD", work], "work"));
}

for (const gracePeriodMs of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, "3", null]) {
  test(`row 27: a gracePeriodMs of ${gracePeriodMs} is refused`, (t) =>
    assertRefused(t, "runActivity", [SOURCE, "REBUILD", forbiddenWork, { gracePeriodMs }], "gracePeriodMs"));
}

for (const onActivationFailure of ["", "Stop", "ignore", true, null, 0]) {
  test(`row 27: an onActivationFailure of ${JSON.stringify(onActivationFailure)} is refused`, (t) =>
    assertRefused(
      t,
      "runActivity",
      [SOURCE, "REBUILD", forbiddenWork, { onActivationFailure }],
      "onActivationFailure",
    ));
}

for (const closeTimeoutMs of [0, -1, 1.5, 2 ** 31, "3", null]) {
  test(`row 27: a closeTimeoutMs of ${JSON.stringify(closeTimeoutMs)} is refused`, () => {
    const options = { organizationId: ORGANIZATION, accessToken: TOKEN, closeTimeoutMs };
    thrownBy(() => new StatusClient(options), { code: "invalid_argument", argument: "closeTimeoutMs" });
  });
}

test("row 27: startActivity has no grace period, since the caller owns the work", async (t) => {
  await assertRefused(t, "startActivity", [SOURCE, "REBUILD", { gracePeriodMs: 10 }], "gracePeriodMs");
});

test("activity: undefined counts as not given, wherever something is optional", async (t) => {
  const server = await startFaultServer(t, Array(6).fill(reply()));
  const client = connect(t, server, { closeTimeoutMs: undefined });
  const nothing = { signal: undefined, gracePeriodMs: undefined, onActivationFailure: undefined };
  await client.runActivity(SOURCE, "REBUILD", () => {}, nothing);
  await client.runActivity(SOURCE, "REBUILD", () => {}, undefined);
  await (await client.startActivity(SOURCE, "REBUILD", { signal: undefined })).end();
});

test("row 34: methods called with too few arguments reject, and never throw", async (t) => {
  const server = await startFaultServer(t, []);
  const client = connect(t, server);
  for (const method of ["runActivity", "startActivity"]) {
    await failureOf(client[method](), { code: "invalid_argument", argument: "sourceId" });
    await failureOf(client[method](SOURCE), { code: "invalid_argument", argument: "statusType" });
  }
  await failureOf(client.runActivity(SOURCE, "REBUILD"), { code: "invalid_argument", argument: "work" });
});
