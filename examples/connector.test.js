/**
 * Tests of a connector. The emulator stands in for the service, records its calls, and fails on demand.
 *
 * node --test examples/connector.test.js
 */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import { StatusClient } from "push-source-status";
import { startEmulator } from "push-source-status/emulator";
import { update } from "./folder/update.js";

let emulator;
let folder;
let run;

beforeEach(async (t) => {
  emulator = await startEmulator();
  folder = await mkdtemp(join(tmpdir(), "connector-"));
  const stateFile = `${folder}.json`;
  const client = new StatusClient({
    organizationId: "any-organization",
    accessToken: "any-token",
    endpoint: emulator.endpoint,
    retry: { baseDelayMs: 1 }, // tests need not wait
  });
  const ignore = async () => {};
  run = (options) =>
    update({ client, sourceId: "wiki", folder, stateFile, push: ignore, remove: ignore, ...options });
  t.after(async () => {
    await emulator.close();
    await rm(folder, { recursive: true });
    await rm(stateFile, { force: true });
  });
  await writeFile(join(folder, "welcome.md"), "Welcome");
});

const log = () => emulator.activities("wiki").map(({ statusType, state }) => `${statusType} ${state}`);

test("the first run pushes everything, the next one what has changed", async () => {
  assert.deepEqual(await run(), { statusType: "REBUILD", pushed: 1, removed: 0, unchanged: 0 });
  await writeFile(join(folder, "travel.md"), "Travel by train");
  assert.deepEqual(await run(), { statusType: "REFRESH", pushed: 1, removed: 0, unchanged: 1 });
  assert.deepEqual(log(), ["REBUILD completed", "REFRESH completed"]);
});

test("a document is pushed while the source is active", async () => {
  await run({ push: async () => assert.deepEqual(log(), ["REBUILD ongoing"]) });
});

test("a push that fails leaves the source idle, and the next run makes up for it", async () => {
  const failure = new Error("the document is too large");
  await assert.rejects(run({ push: () => Promise.reject(failure) }), failure);
  assert.deepEqual(log(), ["REBUILD completed"]);
  assert.equal((await run()).pushed, 1);
});

test("a service that throttles delays a run, and changes nothing else", async () => {
  emulator.failNext({ status: 429, statusType: "REBUILD" }, { status: 503, statusType: "IDLE", times: 3 });
  assert.equal((await run()).pushed, 1);
  assert.deepEqual(log(), ["REBUILD completed"]);
});

test("a key that is refused stops a run before it pushes anything", async () => {
  emulator.failNext({ status: 403, errorCode: "ACCESS_DENIED" });
  await assert.rejects(run({ push: () => assert.fail("pushed") }), { code: "forbidden" });
  assert.deepEqual(log(), []);
});
