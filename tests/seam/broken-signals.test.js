import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "../node/connect.js";
import { broken, SETTLES, uses } from "./hostile.js";

/** Returns a signal with a part that throws, always or once it is aborted. */
function brokenSignal(part, when) {
  const controller = new AbortController();
  const { signal } = controller;
  const isBroken = () => when === "always" || signal.aborted;
  const proxy = new Proxy(signal, {
    get(target, name) {
      if (name === part && isBroken()) {
        if (part === "aborted" || part === "reason") broken();
        return broken;
      }
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { controller, signal: proxy };
}

for (const part of ["aborted", "reason", "addEventListener", "removeEventListener"]) {
  for (const when of ["always", "once it is aborted"]) {
    for (const [method, use] of Object.entries(uses)) {
      test(
        `row 48: a signal whose ${part} throws ${when}, in ${method}: the call settles`,
        SETTLES,
        async (t) => {
          const server = await startFaultServer(t, () => reply());
          const client = connect(t, server);
          for (const abort of ["never", "before", "in flight"]) {
            const { controller, signal } = brokenSignal(part, when);
            if (abort === "before") controller.abort(new Error("enough"));
            const call = use(client, { signal });
            assert.ok(call instanceof Promise);
            if (abort === "in flight") controller.abort(new Error("enough"));
            const outcome = await call.then(
              () => "resolved",
              (reason) => reason,
            );
            assertNoUnreachable(outcome);
            const isOfNoUse = when === "always" && ["aborted", "addEventListener"].includes(part);
            if (abort === "before" || isOfNoUse) assert.notEqual(outcome, "resolved", `aborted ${abort}`);
          }
          await client.setStatus("another", "IDLE");
          await client.close();
        },
      );
    }
  }
}

function assertNoUnreachable(outcome) {
  assert.doesNotMatch(String(outcome?.stack ?? outcome), /unreachable|null pointer|recursive use/);
}
