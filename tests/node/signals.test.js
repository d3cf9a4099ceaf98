import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import test from "node:test";
import { setImmediate } from "node:timers/promises";

import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { reply, stall } from "../faults/steps.js";
import { Clock } from "./clock.js";
import { connect } from "./connect.js";
import { SOURCE, sources } from "./sample.js";
import { ATTEMPT_MS } from "./waits.js";

/** Records the signals that the host's fetch gets during a test. `answer` may replace that fetch. */
function recordSignals(t, answer = globalThis.fetch) {
  const original = globalThis.fetch;
  t.after(() => (globalThis.fetch = original));
  const signals = [];
  globalThis.fetch = (url, init) => {
    signals.push(init.signal);
    return answer(url, init);
  };
  return signals;
}

const ok = [forever(reply({ body: "{}" }))];

test("one request after the other, a signal serves a few, so that no listeners pile up", async (t) => {
  const signals = recordSignals(t);
  const client = connect(t, await startFaultServer(t, ok));
  for (let call = 0; call < 40; call += 1) await client.setStatus(SOURCE, "REBUILD");
  const most = Math.max(...signals.map((signal) => getEventListeners(signal, "abort").length));
  assert.ok(most <= 8, `${most} listeners`);
  const different = new Set(signals).size;
  assert.ok(different >= 5 && different <= 7, `${different} signals`);
});

test("requests that are out at once have their own signals", async (t) => {
  const signals = recordSignals(t);
  const server = await startFaultServer(t, [reply({ body: "{}" }), forever(stall())]);
  const client = connect(t, server);
  await client.setStatus(SOURCE, "REBUILD");
  const changes = sources(8).map((sourceId) => ({ sourceId, statusType: "IDLE" }));
  const controller = new AbortController();
  const calls = client.setStatuses(changes, controller);
  await server.received(9);
  controller.abort();
  await assert.rejects(calls, { name: "AbortError" });
  const [, ...atOnce] = signals;
  assert.equal(new Set(atOnce).size, 8);
  assert.ok(atOnce.every((signal) => signal.aborted));
});

test("a signal that was aborted serves no other request", async (t) => {
  const signals = recordSignals(t);
  const server = await startFaultServer(t, [reply(), stall(), reply()]);
  const clock = new Clock(t);
  const client = connect(t, server);
  await client.setStatus(SOURCE, "REBUILD");
  const call = client.setStatus(SOURCE, "REBUILD");
  await server.received(2);
  clock.pass(ATTEMPT_MS);
  await call;
  const [first, second, third] = signals;
  assert.deepEqual([first === second, second.aborted, third.aborted], [true, true, false]);
});

test("a signal that was aborted serves no other request, even if the body ended well", async (t) => {
  const signals = recordSignals(t, async (_url, { signal }) => {
    const end = new Promise((resolve) => signal.addEventListener("abort", () => resolve({ done: true })));
    return {
      status: 500,
      headers: new Headers(),
      body: { getReader: () => ({ read: () => end, cancel: () => end }) },
    };
  });
  const clock = new Clock(t);
  const onEvent = async ({ type }) => {
    if (type !== "reply") return;
    await setImmediate();
    clock.pass(ATTEMPT_MS);
  };
  const client = connect(t, await startFaultServer(t, []), { onEvent, retry: { attempts: 2 } });
  await assert.rejects(client.setStatus(SOURCE, "REBUILD"), { code: "unavailable" });
  assert.equal(new Set(signals).size, 2);
});

test("a fetch that is given gets a new signal for each request", async (t) => {
  const signals = [];
  const record = (url, init) => {
    signals.push(init.signal);
    return fetch(url, init);
  };
  const client = connect(t, await startFaultServer(t, ok), { fetch: record });
  for (let call = 0; call < 5; call += 1) await client.setStatus(SOURCE, "REBUILD");
  assert.equal(new Set(signals).size, 5);
});
