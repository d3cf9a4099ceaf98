import assert from "node:assert/strict";
import test from "node:test";
import { setImmediate } from "node:timers/promises";

import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { delayed, reply } from "../faults/steps.js";
import { Clock } from "./clock.js";
import { connect } from "./connect.js";
import { failureOf } from "./failure.js";
import { SOURCE, sources } from "./sample.js";
import { assertWait, HOUR_MS, NEVER_MS, recordDelays, TIMER_MS, throttled } from "./waits.js";

test("row 42: while one source is throttled, calls for others wait, and then one probe goes first", async (t) => {
  const [first, ...others] = sources(5);
  const probe = delayed(60, reply());
  const server = await startFaultServer(t, [throttled("1"), probe, forever(reply())]);
  const { delays, onEvent, seen } = recordDelays();
  const client = connect(t, server, { onEvent });
  const calls = [client.setStatus(first, "REBUILD")];
  await seen;
  calls.push(...others.map((source) => client.setStatus(source, "REBUILD")));
  await Promise.all(calls);

  assert.equal(server.requests.length, 6);
  assertWait(server, delays, 1000);
  const [, probing, ...rest] = server.requests;
  for (const { at } of rest) assert.ok(at >= probing.at + 60 - TIMER_MS, "sent beside the probe");
});

test("row 42: 429 with 3600 for one source: calls for others reject at once, unsent", async (t) => {
  const [first, ...others] = sources(6);
  const server = await startFaultServer(t, [throttled("3600")]);
  const client = connect(t, server);
  const startedAt = performance.now();
  await failureOf(client.setStatus(first, "REBUILD"), { code: "throttled", attempts: 1 });
  for (const source of others) {
    const error = await failureOf(client.setStatus(source, "REBUILD"), {
      code: "throttled",
      attempts: 0,
      outcome: "not_applied",
      sourceId: source,
    });
    const sinceMs = performance.now() - startedAt;
    assert.ok(
      error.retryAfterMs <= HOUR_MS && error.retryAfterMs >= HOUR_MS - sinceMs - TIMER_MS,
      `${error.retryAfterMs}`,
    );
  }
});

test("row 42: another client is not held back", async (t) => {
  const server = await startFaultServer(t, [throttled("3600"), reply()]);
  await failureOf(connect(t, server).setStatus(SOURCE, "REBUILD"), { code: "throttled" });
  assert.equal((await connect(t, server).setStatus(SOURCE, "REBUILD")).attempts, 1);
});

test("row 42: a burst of 429s moves the gate once", async (t) => {
  const ids = sources(8);
  const once = [reply({ status: 429 }), forever(reply())];
  const server = await startFaultServer(t, Object.fromEntries(ids.map((id) => [id, once])));
  const clock = new Clock(t);
  const { delays, onEvent } = recordDelays();
  const client = connect(t, server, {
    onEvent,
    attemptTimeoutMs: NEVER_MS,
    totalTimeoutMs: NEVER_MS,
    retry: { baseDelayMs: 25_000, maxDelayMs: NEVER_MS },
  });
  const calls = Promise.all(ids.map((id) => client.setStatus(id, "REBUILD")));
  await server.received(8);
  while (delays.length < 8) await setImmediate();
  clock.pass(100_000);
  for (const { attempts } of await calls) assert.equal(attempts, 2);
  // A second move would be twice as far.
  assert.ok(Math.max(...delays) <= 100_000, `${delays} ms`);
});
