import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import test from "node:test";

import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { delayed, reply, reset, stall } from "../faults/steps.js";
import { Clock } from "./clock.js";
import { connect } from "./connect.js";
import { checked, reasonAtOnce, reasonOf } from "./failure.js";
import { sources } from "./sample.js";
import { HOUR_MS, heldUntil } from "./waits.js";
import { deferred } from "./work.js";

const changesOf = (ids, statusType = "REBUILD") => ids.map((sourceId) => ({ sourceId, statusType }));

test("bulk: results come in the order of the input, whatever the order of the answers", async (t) => {
  const ids = sources(5);
  const reported = new Map(ids.map((id) => [id, deferred()]));
  /** Each is answered after the result of the next one was reported. */
  const isNext = (id) => reported.get(ids[ids.indexOf(id) + 1])?.promise;
  const server = await startFaultServer(t, ({ sourceId }) => heldUntil(() => isNext(sourceId), reply()));
  const seen = [];
  const results = await connect(t, server).setStatuses(changesOf(ids, "REFRESH"), {
    onProgress: ({ result }) => {
      seen.push(result.sourceId);
      reported.get(result.sourceId).resolve();
    },
  });
  assert.deepEqual(
    results.map(({ sourceId }) => sourceId),
    ids,
  );
  assert.deepEqual(seen, ids.toReversed());
  for (const { ok, sourceId, statusType, update } of results) {
    assert.deepEqual([ok, statusType], [true, "REFRESH"]);
    assert.deepEqual([update.sourceId, update.statusType, update.httpStatus], [sourceId, "REFRESH", 201]);
  }
});

test("bulk: a source's own failure stops no other", async (t) => {
  const server = await startFaultServer(t, {
    good: [reply()],
    missing: [reply({ status: 404 })],
    "broken-once": [reset(), reply()],
    paused: [reply({ status: 400, body: '{"errorCode":"ORGANIZATION_IS_PAUSED"}' })],
  });
  const ids = ["good", "a/b", "missing", "broken-once", "paused"];
  const results = await connect(t, server).setStatuses(changesOf(ids));
  assert.deepEqual(
    results.map(({ ok, error }) => ok || error.code),
    [true, "invalid_argument", "not_found", true, "rejected"],
  );
  checked(results[1].error, { argument: "sourceId", attempts: 0 });
  checked(results[4].error, { errorCode: "ORGANIZATION_IS_PAUSED", sourceId: "paused" });
});

test("bulk: no changes, no results, nothing sent", async (t) => {
  assert.deepEqual(await connect(t, await startFaultServer(t, [])).setStatuses([]), []);
});

test("bulk: the same source twice: in the order of the input", async (t) => {
  const server = await startFaultServer(t, [reply({ status: 500 }), reply(), reply()]);
  const changes = [...changesOf(["one"], "REBUILD"), ...changesOf(["one"], "IDLE")];
  await connect(t, server).setStatuses(changes);
  assert.deepEqual(
    server.requests.map(({ statusType }) => statusType),
    ["REBUILD", "REBUILD", "IDLE"],
  );
});

test("row 39: 1,000 sources, 5 % failing, 2 % throttled: every result accounted for, sockets bounded", async (t) => {
  const ids = sources(1000);
  const failing = new Set(ids.filter((_, index) => index % 20 === 7));
  const throttled = new Set(ids.filter((_, index) => index % 50 === 3));
  const server = await startFaultServer(t, ({ sourceId }) => {
    if (failing.has(sourceId)) return reply({ status: 404 });
    return throttled.delete(sourceId) ? reply({ status: 429 }) : reply({ body: "{}" });
  });
  const expectedRequests = ids.length + throttled.size;
  const progress = [];
  const client = connect(t, server, { retry: { baseDelayMs: 1 } });
  const results = await client.setStatuses(changesOf(ids), { onProgress: (event) => progress.push(event) });

  assert.deepEqual(
    results.map(({ sourceId }) => sourceId),
    ids,
  );
  for (const { ok, sourceId, error } of results) {
    assert.equal(ok, !failing.has(sourceId), sourceId);
    if (!ok) assert.deepEqual([error.code, error.httpStatus, error.attempts], ["not_found", 404, 1]);
  }
  assert.equal(server.requests.length, expectedRequests);
  assert.ok(server.peakInFlight <= 8, `${server.peakInFlight} in flight`);
  assert.ok(server.peakOpenSockets <= 2 * 8, `${server.peakOpenSockets} sockets`);
  assert.deepEqual(
    progress.map(({ done, total }) => [done, total]),
    ids.map((_, index) => [index + 1, ids.length]),
  );
  assert.equal(progress.at(-1).failed, failing.size);
  assert.deepEqual(new Set(progress.map(({ result }) => result.sourceId)), new Set(ids));
});

test("row 42: 429 with 3600 for one source: the rest of a bulk call rejects unsent", async (t) => {
  const ids = sources(100);
  const server = await startFaultServer(t, [reply({ status: 429, headers: { "retry-after": "3600" } })]);
  const startedAt = performance.now();
  const results = await connect(t, server, { concurrency: 1 }).setStatuses(changesOf(ids));
  const tookMs = performance.now() - startedAt;
  for (const [index, { ok, error, sourceId }] of results.entries()) {
    assert.equal(ok, false);
    checked(error, { code: "throttled", attempts: index === 0 ? 1 : 0, outcome: "not_applied", sourceId });
    assert.ok(
      error.retryAfterMs >= HOUR_MS - tookMs - 1 && error.retryAfterMs <= HOUR_MS,
      `${error.retryAfterMs}`,
    );
  }
});

test("row 42: a final 401 fails the rest of a bulk call unsent", async (t) => {
  const ids = sources(100);
  const server = await startFaultServer(t, [forever(reply({ status: 401 }))]);
  const results = await connect(t, server, { concurrency: 2 }).setStatuses(changesOf(ids));
  assert.ok(server.requests.length <= 2, `${server.requests.length} requests`);
  const unsent = results.filter(({ error }) => error.attempts === 0);
  assert.equal(unsent.length, ids.length - server.requests.length);
  for (const { ok, error, sourceId } of results) {
    assert.equal(ok, false);
    checked(error, { code: "unauthenticated", outcome: "not_applied", sourceId });
  }
});

/** An answer that uses up a part of the client's time. */
function slow(clock, milliseconds) {
  const answer = reply();
  const play = (exchange) => {
    clock.pass(milliseconds);
    return answer.play(exchange);
  };
  return { ...answer, play };
}

test("row 45: time spent waiting for a place counts for no call's total", async (t) => {
  const ids = sources(120);
  const clock = new Clock(t);
  const server = await startFaultServer(t, [forever(slow(clock, 500))]);
  const client = connect(t, server, { concurrency: 4, totalTimeoutMs: 10_000 });
  const startedAt = performance.now();
  const results = await client.setStatuses(changesOf(ids));
  assert.ok(performance.now() - startedAt >= 60_000, "too quick to prove anything");
  assert.ok(results.every(({ ok, update }) => ok && update.attempts === 1));
  assert.equal(server.requests.length, ids.length);
});

test("row 45: time spent in a source's lane counts for no call's total", async (t) => {
  const clock = new Clock(t);
  const server = await startFaultServer(t, [forever(slow(clock, 8000))]);
  const client = connect(t, server, { attemptTimeoutMs: 15_000, totalTimeoutMs: 15_000 });
  const calls = Array.from({ length: 10 }, () => client.setStatus("one-source", "REBUILD"));
  for (const { attempts } of await Promise.all(calls)) assert.equal(attempts, 1);
});

test("bulk: a single call goes before what is left of a bulk call", async (t) => {
  const server = await startFaultServer(t, [forever(delayed(10, reply()))]);
  const sent = [];
  const onEvent = ({ type, sourceId }) => type === "attempt" && sent.push(sourceId);
  const client = connect(t, server, { concurrency: 2, onEvent });
  const bulk = client.setStatuses(changesOf(sources(20)));
  await server.received(2);
  await client.setStatus("a-single-source", "REBUILD");
  assert.equal(sent.indexOf("a-single-source"), 2);
  await bulk;
});

test("row 24: a cancelled bulk call keeps what it did, and sends nothing any more", async (t) => {
  const ids = sources(50);
  const server = await startFaultServer(t, [...Array(10).fill(reply()), forever(stall())]);
  const controller = new AbortController();
  const seen = [];
  const client = connect(t, server, { concurrency: 4 });
  const call = client.setStatuses(changesOf(ids), {
    signal: controller.signal,
    onProgress: ({ result }) => seen.push(result),
  });
  await server.received(14);
  const reason = new Error("no longer wanted");
  controller.abort(reason);
  assert.equal(await reasonAtOnce(call), reason);
  assert.equal(getEventListeners(controller.signal, "abort").length, 0);
  assert.equal(seen.filter(({ ok }) => ok).length, 10);
  for (const n of [11, 12, 13, 14]) await server.hungUp(n);
  await client.close();
  assert.equal(server.requests.length, 14);
});

test("row 24: a bulk call that a callback aborts sends nothing more, and reports nothing more", async (t) => {
  const controller = new AbortController();
  const reported = [];
  let sent = 0;
  const fetch = (_, { signal }) => {
    sent += 1;
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  };
  const nowhere = { endpoint: "http://127.0.0.1:9/push/v1" };
  const client = connect(t, nowhere, { fetch, onEvent: () => controller.abort("enough") });
  const changes = [...sources(20), "not an id"].map((sourceId) => ({ sourceId, statusType: "IDLE" }));
  const call = client.setStatuses(changes, {
    signal: controller.signal,
    onProgress: ({ result }) => reported.push(result),
  });
  assert.equal(await reasonOf(call), "enough");
  await client.close();
  assert.ok(sent <= 1, `${sent} requests`);
  assert.deepEqual(reported, []);
});

test("row 24: a bulk call with an aborted signal sends nothing", async (t) => {
  const server = await startFaultServer(t, []);
  const call = connect(t, server).setStatuses(changesOf(sources(3)), { signal: AbortSignal.abort(null) });
  assert.equal(await reasonOf(call), null);
});

test("bulk: an onProgress that throws changes nothing", async (t) => {
  const server = await startFaultServer(t, [forever(reply())]);
  const results = await connect(t, server).setStatuses(changesOf(sources(20)), {
    onProgress() {
      throw new Error("a broken progress bar");
    },
  });
  assert.ok(results.every(({ ok }) => ok));
});
