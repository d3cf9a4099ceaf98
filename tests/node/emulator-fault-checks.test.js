import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { startedEmulator } from "./started-emulator.js";

const INVALID_FAULTS = [
  [{}, "fault must name a fault: stall, reset, redirect, status, delayMs"],
  [{ times: 2 }, "fault must name a fault: stall, reset, redirect, status, delayMs"],
  [null, "fault must be an object"],
  [{ stauts: 500 }, /^unknown name "stauts" in fault; known are stall, /],
  [{ status: 99 }, "fault.status must be an integer from 200 to 599"],
  [{ status: "500" }, "fault.status must be an integer from 200 to 599"],
  [{ status: 302 }, "fault.status 302 needs fault.redirect"],
  [{ redirect: "/", status: 500 }, "fault.status must be one of 301, 302, 303, 307, 308"],
  [{ redirect: "/\r\nX: y" }, /^fault\.redirect is no valid HTTP header/],
  [{ status: 500, stall: true }, "fault.status cannot be combined with fault.stall"],
  [{ stall: true, delayMs: 5 }, "fault.delayMs cannot be combined with fault.stall"],
  [{ reset: true, errorCode: "X" }, "fault.errorCode cannot be combined with fault.reset"],
  [{ reset: 1 }, "fault.reset must be true"],
  [{ delayMs: -1 }, "fault.delayMs must be an integer from 0 to 2147483647"],
  [{ status: 500, body: "x", message: "y" }, "fault.body cannot be combined with errorCode or message"],
  [{ status: 500, body: () => {} }, "fault.body must be text, bytes or a JSON value"],
  [{ status: 204, body: "x" }, "fault.body cannot be sent with status 204"],
  [{ status: 201, message: "y" }, "fault.status 201 is no error: it has no errorCode, no message"],
  [{ status: 429, retryAfter: -1 }, /^fault\.retryAfter must be an integer from 0/],
  [{ status: 429, retryAfter: "1\n" }, /^fault\.retryAfter is no valid HTTP header/],
  [{ status: 500, headers: { "x y": "z" } }, /^fault\.headers\["x y"\] is no valid HTTP header/],
  [{ status: 500, headers: { "Content-Length": "5" } }, /is set by the server itself$/],
  [{ status: 403, applied: true }, "fault.applied cannot be true: a 403 refuses the change"],
  [{ status: 204, applied: false }, "fault.applied cannot be false: a 204 means that it was done"],
  [{ status: 500, times: 0 }, "fault.times must be an integer of at least 1, or Infinity"],
  [{ status: 500, operation: "push" }, /^fault\.operation must be one of set-status, put-document, /],
  [{ status: 500, operation: ["push-batch", 7] }, /^fault\.operation must be one of /],
  [{ status: 500, operation: [] }, "fault.operation must not be empty"],
  [
    { status: 500, operation: "push-batch", statusType: "IDLE" },
    "fault.statusType is met by the operation set-status alone",
  ],
  [{ status: 500, sourceId: "" }, "fault.sourceId must be a string that is not empty"],
  [{ status: 500, statusType: "Rescan" }, /^fault\.statusType must be one of REBUILD, /],
];

for (const [fault, message] of INVALID_FAULTS) {
  test(`the fault ${inspect(fault)} is rejected`, async (t) => {
    const emulator = await startedEmulator(t);
    assert.throws(() => emulator.failNext(fault), { name: "TypeError", message });
  });
}

test("where one of several faults is not valid, none is added", async (t) => {
  const emulator = await startedEmulator(t);
  assert.throws(() => emulator.failNext({ status: 500 }, { status: 7 }), {
    message: "fault[1].status must be an integer from 200 to 599",
  });
  assert.deepEqual(emulator.faults.next, []);
});
