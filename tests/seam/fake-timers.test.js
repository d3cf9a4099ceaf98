import assert from "node:assert/strict";
import test from "node:test";

import { reportOf } from "./child.js";
import { names } from "./programs/fake-time.js";
import { nodes, others } from "./runtimes.js";
import { startService } from "./time-service.js";

const sinons = [
  "all of sinon's",
  "sinon's without nextTick and queueMicrotask",
  "sinon's setTimeout alone",
  "sinon's performance and Date alone",
];
const hosts = ["node:test's setTimeout alone", "all of node:test's"];
const queues = ["sinon's queueMicrotask alone, never run", "a queueMicrotask that drops what it is given"];

for (const runtime of nodes) {
  for (const kind of [...sinons, ...hosts, ...queues]) played(runtime, kind);
}
for (const runtime of others) {
  for (const kind of [...sinons.slice(1), ...queues]) played(runtime, kind);
}

function played(runtime, kind) {
  test(`row 46, in ${runtime.name}: ${kind}`, { concurrency: 2 }, async (t) => {
    const scenarios = names.map((scenario) =>
      t.test(scenario, async (t) => {
        const { endpoint } = await startService(t);
        const args = { endpoint, kind, scenario };
        assert.equal(await reportOf(t, runtime, "fake-timers.js", { args }), "done");
      }),
    );
    await Promise.all(scenarios);
  });
}
