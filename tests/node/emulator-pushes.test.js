import assert from "node:assert/strict";
import { test } from "node:test";
import { startedPusher } from "./raw-pusher.js";

const ONE = { addOrUpdate: [{ documentId: "a:1", data: "One" }] };

test("the record of a push has its activity, as that is by now; null outside any", async (t) => {
  const pusher = await startedPusher(t);
  await pusher.put("a:1", {});
  await pusher.setStatus("REBUILD");
  await pusher.pushBatch(ONE);
  const during = pusher.emulator.requests.at(-1).activity;
  assert.deepEqual(during, pusher.emulator.activities("my-source")[0]);
  assert.equal(during.state, "ongoing");
  await pusher.setStatus("IDLE");
  await pusher.delete("a:1");

  const records = pusher.emulator.requests.map(({ operation, activity }) => [
    operation,
    activity?.state ?? activity,
  ]);
  assert.deepEqual(records, [
    ["put-document", null],
    ["set-status", undefined],
    ["create-file", undefined],
    ["upload-file", undefined],
    ["push-batch", "completed"],
    ["set-status", undefined],
    ["delete-document", null],
  ]);
  assert.deepEqual(pusher.emulator.requests[4].activity, pusher.emulator.activities("my-source")[0]);
  assert.ok(Object.isFrozen(pusher.emulator.requests[4].activity));
});

test("the record of a push that fails has its activity too, and another source's activity does not count", async (t) => {
  const pusher = await startedPusher(t);
  await pusher.send("POST", pusher.source.replace("my-source", "other/status?statusType=REBUILD"));
  await pusher.put("a:1", {});
  assert.equal(pusher.emulator.requests.at(-1).activity, null);
  await pusher.setStatus("REBUILD");
  pusher.emulator.failNext({ status: 503 });
  await pusher.put("a:1", {});
  assert.equal(pusher.emulator.requests.at(-1).activity.statusType, "REBUILD");
});

/** Each operation: a call, and the state that a refused call must not change. */
const OPERATIONS = [
  ["set-status", (pusher) => pusher.setStatus("REBUILD")],
  ["put-document", (pusher) => pusher.put("a:1", {})],
  ["delete-document", (pusher) => pusher.delete("a:0")],
  ["delete-old-documents", (pusher) => pusher.send("DELETE", "documents/olderthan?orderingId=9")],
  ["create-file", (pusher) => pusher.createFile()],
  ["upload-file", (pusher, { file }) => pusher.upload(file, ONE)],
  ["push-batch", (pusher, { fileId }) => pusher.send("PUT", `documents/batch?fileId=${fileId}`)],
  ["open-stream", (pusher) => pusher.send("POST", "stream/open")],
  ["add-chunk", (pusher, { streamId }) => pusher.send("POST", `stream/${streamId}/chunk`)],
  ["close-stream", (pusher, { streamId }) => pusher.send("POST", `stream/${streamId}/close`)],
  ["update-stream", (pusher, { fileId }) => pusher.send("PUT", `stream/update?fileId=${fileId}`)],
  ["merge-stream", (pusher, { fileId }) => pusher.send("PUT", `stream/merge?fileId=${fileId}`)],
];

for (const [operation, call] of OPERATIONS) {
  test(`faults: ${operation} meets a refusal, a 500 that was applied, a reset, a delay, and no others' faults`, async (t) => {
    const pusher = await startedPusher(t);
    await pusher.put("a:0", {}, { orderingId: 0 });
    const { streamId } = (await pusher.send("POST", "stream/open")).value;
    const file = (await pusher.createFile()).value;
    const made = { streamId, file, fileId: await pusher.uploaded(ONE) };
    const { emulator } = pusher;
    const latest = () => {
      const { operation: name, httpStatus, fault, applied } = emulator.requests.at(-1);
      return { name, httpStatus, fault, applied };
    };

    emulator.failNext(
      { status: 429, retryAfter: 1, operation },
      { status: 599, operation: "set-status", statusType: "IDLE" },
    );
    assert.equal((await call(pusher, made)).status, 429);
    assert.deepEqual(latest(), { name: operation, httpStatus: 429, fault: "status", applied: false });
    assert.deepEqual(pusher.ids, ["a:0"]);
    emulator.failNext({ reset: true, operation: [operation, "set-status"] });
    await assert.rejects(call(pusher, made));
    assert.deepEqual(latest(), { name: operation, httpStatus: null, fault: "reset", applied: false });
    emulator.failNext({ delayMs: 1, operation });
    assert.ok((await call(pusher, made)).status < 300);
    assert.deepEqual([latest().fault, latest().applied], ["delayMs", true]);
    assert.equal(emulator.faults.next.length, 1);
  });
}

test("a push that was answered 500 and applied is held", async (t) => {
  const pusher = await startedPusher(t);
  pusher.emulator.failNext({ status: 500, applied: true, operation: "push-batch" });
  assert.equal((await pusher.pushBatch(ONE)).status, 500);
  assert.deepEqual(pusher.ids, ["a:1"]);
});

test("a share of some operations fails, by the seed, and no other ones", async (t) => {
  const pusher = await startedPusher(t);
  const operation = ["put-document", "create-file"];
  const random = { rate: 0.5, seed: 3, faults: [{ status: 503 }], operation };
  const runs = [];
  for (let run = 0; run < 2; run += 1) {
    pusher.emulator.failRandomly(random);
    assert.deepEqual(pusher.emulator.faults.random, random);
    const statuses = [];
    for (let call = 0; call < 20; call += 1) {
      statuses.push((await pusher.put("a:1", {})).status, (await pusher.createFile()).status);
      assert.equal((await pusher.delete("a:1")).status, 202);
    }
    runs.push(statuses);
  }
  assert.deepEqual(runs[0], runs[1]);
  assert.deepEqual([...new Set(runs[0])].sort(), [201, 202, 503]);
});

test("a fault for one source leaves calls for others alone, and those for none", async (t) => {
  const pusher = await startedPusher(t);
  pusher.emulator.failNext({ status: 503, sourceId: "my-source" });
  assert.equal((await pusher.createFile()).status, 201);
  assert.equal((await pusher.put("a:1", {})).status, 503);
});
