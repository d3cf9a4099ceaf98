import assert from "node:assert/strict";
import { test } from "node:test";
import { startedEmulator, statusUrl } from "./started-emulator.js";

async function running(t) {
  const emulator = await startedEmulator(t);
  const set = async (sourceId, statusType) => {
    const url = statusUrl(emulator, sourceId, statusType);
    const response = await fetch(url, {
      method: "POST",
      headers: { Authorization: "Bearer my-secret-token" },
    });
    assert.equal(response.status, 201);
  };
  return { emulator, set };
}

function inWords(activities) {
  return activities.map(({ statusType, state }) => `${statusType} ${state}`);
}

test("an active status creates an activity that IDLE completes", async (t) => {
  const { emulator, set } = await running(t);
  const before = Date.now();
  await set("my-source", "REBUILD");
  const [ongoing] = emulator.activities("my-source");
  assert.deepEqual(ongoing, {
    statusType: "REBUILD",
    startedAt: ongoing.startedAt,
    endedAt: null,
    state: "ongoing",
  });
  assert.ok(ongoing.startedAt >= before && ongoing.startedAt <= Date.now());

  await set("my-source", "IDLE");
  const [completed] = emulator.activities("my-source");
  assert.deepEqual(completed, { ...ongoing, endedAt: completed.endedAt, state: "completed" });
  assert.ok(completed.endedAt >= ongoing.startedAt && completed.endedAt <= Date.now());
});

test("IDLE without an ongoing activity logs nothing and changes no past one", async (t) => {
  const { emulator, set } = await running(t);
  await set("my-source", "IDLE");
  assert.deepEqual(emulator.activities("my-source"), []);
  await set("my-source", "REFRESH");
  await set("my-source", "IDLE");
  const past = emulator.activities("my-source");
  await set("my-source", "IDLE");
  assert.deepEqual(emulator.activities("my-source"), past);
});

test("a second active status, the same one too, supersedes the ongoing activity", async (t) => {
  const { emulator, set } = await running(t);
  for (const statusType of ["REBUILD", "REBUILD", "INCREMENTAL", "IDLE"]) await set("my-source", statusType);
  const activities = emulator.activities("my-source");
  assert.deepEqual(inWords(activities), [
    "REBUILD superseded",
    "REBUILD superseded",
    "INCREMENTAL completed",
  ]);
  assert.equal(activities[0].endedAt, activities[1].startedAt);
});

test("each source has its own log, and ids are case-sensitive", async (t) => {
  const { emulator, set } = await running(t);
  await set("one", "REBUILD");
  await set("ONE", "REFRESH");
  await set("one", "IDLE");
  assert.deepEqual(inWords(emulator.activities("one")), ["REBUILD completed"]);
  assert.deepEqual(inWords(emulator.activities("ONE")), ["REFRESH ongoing"]);
  assert.deepEqual(emulator.activities("two"), []);
  assert.deepEqual(emulator.sourceIds, ["one", "ONE"]);
});

test("what is done to the answer of activities() does not change the log", async (t) => {
  const { emulator, set } = await running(t);
  await set("my-source", "REBUILD");
  const activities = emulator.activities("my-source");
  activities[0].state = "completed";
  activities.pop();
  assert.deepEqual(inWords(emulator.activities("my-source")), ["REBUILD ongoing"]);
});

test("clearLog forgets the requests and the activities", async (t) => {
  const { emulator, set } = await running(t);
  await set("my-source", "REBUILD");
  emulator.clearLog();
  assert.deepEqual([emulator.activities("my-source"), emulator.sourceIds, emulator.requests], [[], [], []]);
  await set("my-source", "IDLE");
  assert.deepEqual(emulator.activities("my-source"), []);
  assert.equal(emulator.requests[0].id, 2);
});
