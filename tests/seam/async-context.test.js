import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply, stall } from "../faults/steps.js";
import { reportOf } from "./child.js";
import { nodes } from "./runtimes.js";

/** The scenarios of `programs/async-context.js`. */
const scenarios = [
  "one call",
  "twenty activities at once",
  "activities that begin one after the other while others run",
  "a call that is throttled, and others that wait with it",
  "an activity that is throttled",
  "a second call on the same source",
  "a second activity on the same source",
  "an activity that waits for the end of another",
  "a bulk call",
  "a bulk call beside single calls",
  "a token that several wait for",
  "a token that is asked for again",
  "a call after an attempt that timed out",
  "an activity whose work is aborted",
  "an activity that is held",
  "activities that close() ends",
];

/** Starts a service that throttles, refuses or stalls a source's first request, according to the source's name. */
function startService(t) {
  const known = new Set();
  return startFaultServer(t, ({ sourceId }) => {
    const kind = known.has(sourceId) ? "source" : sourceId.split("-")[0];
    if (kind === "stalled") return stall();
    known.add(sourceId);
    return reply({ status: { throttled: 429, refused: 401 }[kind] ?? 201, body: "{}" });
  });
}

for (const runtime of nodes) {
  test(`row 52, in ${runtime.name}: foreign code runs in the async context of its caller`, async (t) => {
    for (const scenario of scenarios) {
      await t.test(scenario, async (t) => {
        const { endpoint } = await startService(t);
        const seen = await reportOf(t, runtime, "async-context.js", { args: { endpoint, scenario } });
        assert.ok(seen.length > 0, "nothing was called back");
        const strangers = seen
          .filter(({ expected, found }) => ![expected].flat().includes(found))
          .map(({ where, expected, found }) => `${where}: ${found} in place of ${expected}`);
        assert.deepEqual([...new Set(strangers)], []);
      });
    }
  });
}
