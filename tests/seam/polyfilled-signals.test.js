import assert from "node:assert/strict";
import test from "node:test";
import { AbortController as Polyfill } from "abort-controller";

import { startFaultServer } from "../faults/server.js";
import { reply, stall } from "../faults/steps.js";
import { connect } from "../node/connect.js";
import { reasonOf } from "../node/failure.js";
import { SOURCE } from "../node/sample.js";
import { NEVER_MS, watchFor } from "../node/waits.js";
import { heldWork } from "../node/work.js";

function assertAbortError(reason) {
  assert.ok(reason instanceof Error, `${reason} is no Error`);
  assert.equal(reason.name, "AbortError");
  assert.ok(reason.message.length > 0);
}

/** Polyfills without `reason`. */
const polyfills = {
  "the package abort-controller": () => new Polyfill(),
  "an AbortSignal whose reason is hidden": () => {
    const controller = new AbortController();
    Object.defineProperty(controller.signal, "reason", { value: undefined });
    return controller;
  },
};

const calls = {
  setStatus: (client, options) => client.setStatus(SOURCE, "IDLE", options),
  setStatuses: (client, options) => client.setStatuses([{ sourceId: SOURCE, statusType: "IDLE" }], options),
  runActivity: (client, options) => client.runActivity(SOURCE, "REBUILD", () => {}, options),
  startActivity: (client, options) => client.startActivity(SOURCE, "REBUILD", options),
};

for (const [what, make] of Object.entries(polyfills)) {
  for (const [method, call] of Object.entries(calls)) {
    test(`row 59: ${what}, aborted before ${method}: an AbortError, and nothing is sent`, async (t) => {
      const controller = make();
      controller.abort();
      const client = connect(t, await startFaultServer(t, []));
      assertAbortError(await reasonOf(call(client, { signal: controller.signal })));
    });

    test(`row 59: ${what}, aborted while ${method} is in flight: an AbortError`, async (t) => {
      const controller = make();
      const server = await startFaultServer(t, ({ statusType }) =>
        statusType === "IDLE" && method.endsWith("Activity") ? reply() : stall(),
      );
      const called = call(connect(t, server), { signal: controller.signal });
      await server.received(1);
      controller.abort();
      assertAbortError(await reasonOf(called));
    });
  }

  test(`row 59: ${what}, aborted between two attempts: an AbortError`, async (t) => {
    const controller = make();
    const { onEvent, seen } = watchFor("retry");
    const server = await startFaultServer(t, [reply({ status: 500 })]);
    const retry = { baseDelayMs: NEVER_MS, maxDelayMs: NEVER_MS };
    const client = connect(t, server, { onEvent, retry, totalTimeoutMs: 3 * NEVER_MS });
    const called = client.setStatus(SOURCE, "IDLE", { signal: controller.signal });
    await seen;
    controller.abort();
    assertAbortError(await reasonOf(called));
  });

  test(`row 59: ${what}, aborted during the work: the work's signal and the call have one AbortError`, async (t) => {
    const controller = make();
    const { work, begun, fail } = heldWork();
    const client = connect(t, await startFaultServer(t, [reply(), reply()]));
    const called = client.runActivity(SOURCE, "REBUILD", work, { signal: controller.signal });
    const { signal } = await begun;
    controller.abort();
    assert.ok(signal.aborted);
    fail(signal.reason);
    const reason = await reasonOf(called);
    assertAbortError(reason);
    assert.equal(signal.reason, reason);
  });
}
