import assert from "node:assert/strict";
import test from "node:test";

import { reportOf } from "./child.js";
import { thisNode } from "./runtimes.js";
import { startService } from "./time-service.js";

const globals = [
  "setTimeout",
  "clearTimeout",
  "performance.now",
  "Date.now",
  "Math.random",
  "queueMicrotask",
  "AbortController",
];

const calls = [
  "setStatus",
  "setStatus, tried again",
  "setStatuses",
  "runActivity",
  "startActivity",
  "setStatus with a signal",
  "close",
];

for (const name of globals) {
  const title = `row 48: a ${name} that throws: the call settles, and the client goes on afterwards`;
  test(title, { concurrency: 4 }, async (t) => {
    const tests = [];
    for (const when of ["before the client", "between two calls"]) {
      for (const call of calls) {
        // The signal of this call needs the controller that throws.
        if (name === "AbortController" && call === "setStatus with a signal") continue;
        const subtest = t.test(`${when}, in ${call}`, async (t) => {
          const { endpoint } = await startService(t);
          const args = { endpoint, name, call, when };
          const { first, rest } = await reportOf(t, thisNode, "throwing-globals.js", { args });
          assert.ok(["resolved", "rejected"].includes(first), first);
          assert.deepEqual(rest, { next: "resolved", retried: "resolved", closed: "resolved", problems: [] });
        });
        tests.push(subtest);
      }
    }
    await Promise.all(tests);
  });
}
