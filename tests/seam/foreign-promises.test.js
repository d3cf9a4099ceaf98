import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { reportOf } from "./child.js";
import { HOWS } from "./programs/hostile-promises.js";
import { others, thisNode } from "./runtimes.js";

/** The outcome of a call, by what the promise does. */
const outcomes = {
  work: {
    value: ["the value"],
    failure: ["rejected with what was broken"],
    waits: ["rejected with what was broken"],
  },
  accessToken: {
    value: ["resolved"],
    failure: ["token_unavailable"],
    waits: ["token_unavailable", "timeout"],
  },
  fetch: { value: ["resolved"], failure: ["network"], waits: ["timeout"] },
  "the body of an error, read": all("forbidden"),
  "the body of an error, cancelled": all("forbidden"),
  "the body of a success, read": all("resolved"),
  "the body of a success, cancelled": all("resolved"),
  onEvent: all("resolved"),
  onProgress: all("resolved"),
};

function all(outcome) {
  return { value: [outcome], failure: [outcome], waits: [outcome] };
}

for (const runtime of [thisNode, ...others]) {
  for (const place of Object.keys(outcomes)) {
    test(`row 47, in ${runtime.name}: a promise of ${place}`, { concurrency: 2 }, async (t) => {
      const tests = Object.entries(HOWS).map(([how, { expects }]) =>
        t.test(how, async (t) => {
          const server = await startFaultServer(t, () => reply({ body: "{}" }));
          const args = { endpoint: server.endpoint, place, how };
          const { first, ...rest } = await reportOf(t, runtime, "foreign-promises.js", { args });
          assert.ok(outcomes[place][expects].includes(first), first);
          const untouched = { next: "resolved", others: "resolved", closed: "resolved", problems: [] };
          assert.deepEqual(rest, untouched);
          const statuses = server.requests.filter(({ sourceId }) => sourceId === "first");
          if (place === "work") {
            assert.deepEqual(
              statuses.map(({ statusType }) => statusType),
              ["REBUILD", "IDLE"],
            );
          }
        }),
      );
      await Promise.all(tests);
    });
  }
}
