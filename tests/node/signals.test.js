import assert from "node:assert/strict";
import test from "node:test";

import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { reply, stall } from "../faults/steps.js";
import { connect } from "./connect.js";
import { SOURCE, sources } from "./sample.js";

test("each request has a signal of its own, after another request and beside it", async (t) => {
  const signals = [];
  const record = (url, init) => {
    signals.push(init.signal);
    return fetch(url, init);
  };
  const server = await startFaultServer(t, [reply(), reply(), forever(stall())]);
  const client = connect(t, server, { fetch: record });
  for (let call = 0; call < 2; call += 1) await client.setStatus(SOURCE, "REBUILD");
  const changes = sources(8).map((sourceId) => ({ sourceId, statusType: "IDLE" }));
  const controller = new AbortController();
  const calls = client.setStatuses(changes, controller);
  await server.received(10);
  controller.abort();
  await assert.rejects(calls, { name: "AbortError" });
  assert.equal(new Set(signals).size, 10);
  assert.deepEqual(
    signals.map(({ aborted }) => aborted),
    [false, false, ...Array(8).fill(true)],
  );
});
