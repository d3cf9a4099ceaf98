import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";

import { startEmulator } from "../../pkg/emulator/index.js";
import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { runExample, startExample } from "./example.js";
import { SOURCE, TOKEN } from "./sample.js";
import { heldUntil } from "./waits.js";
import { deferred } from "./work.js";

/** Starts an emulator. Returns its log in words, and promises of the first two requests. */
async function startService(t) {
  const requested = [deferred(), deferred()];
  const emulator = await startEmulator({ onRequest: ({ id }) => requested[id - 1]?.resolve() });
  t.after(() => emulator.close());
  const log = () => emulator.activities(SOURCE).map(({ statusType, state }) => `${statusType} ${state}`);
  const [active, idle] = requested.map(({ promise }) => promise);
  return { emulator, log, active, idle };
}

async function temporaryFolder(t) {
  const folder = await mkdtemp(join(tmpdir(), "activity-examples-"));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

async function startConnector(t) {
  const service = await startService(t);
  const place = await temporaryFolder(t);
  const folder = join(place, "wiki");
  await mkdir(join(folder, "guides"), { recursive: true });
  const write = (path, text) => writeFile(join(folder, path), text);
  await write("welcome.md", "Welcome");
  await write("guides/travel.md", "Travel by train");
  const run = async (...changed) => {
    const args = [folder, join(place, "state.json"), ...changed];
    const result = await runExample(t, service.emulator, "connector.js", { args });
    assert.ok(!`${result.stdout}${result.stderr}`.includes(TOKEN));
    return {
      ...result,
      lines: result.stdout
        .trim()
        .split("\n")
        .map((line) => line.trim()),
    };
  };
  return { ...service, folder, write, run };
}

test("activity: the connector sets REBUILD, REFRESH or INCREMENTAL, whichever fits, and then IDLE", async (t) => {
  const { log, folder, write, run } = await startConnector(t);
  assert.deepEqual((await run()).lines, [
    "would push guides/travel.md, 15 bytes",
    "would push welcome.md, 7 bytes",
    "REBUILD: 2 pushed, 0 removed, 0 unchanged",
  ]);

  await write("expenses.md", "Keep the receipt");
  await rm(join(folder, "guides"), { recursive: true });
  assert.deepEqual((await run()).lines, [
    "would push expenses.md, 16 bytes",
    "would remove guides/travel.md",
    "REFRESH: 1 pushed, 1 removed, 1 unchanged",
  ]);

  await write("welcome.md", "Welcome back");
  await write("expenses.md", "Not named, so not looked at");
  assert.deepEqual((await run("welcome.md", join(folder, "never-was.md"))).lines, [
    "would push welcome.md, 12 bytes",
    "INCREMENTAL: 1 pushed, 0 removed, 1 unchanged",
  ]);

  assert.deepEqual((await run()).lines.at(-1), "REFRESH: 1 pushed, 0 removed, 1 unchanged");
  assert.deepEqual(log(), [
    "REBUILD completed",
    "REFRESH completed",
    "INCREMENTAL completed",
    "REFRESH completed",
  ]);
});

test("activity: the connector fails, the source is idle, and the next run rebuilds", async (t) => {
  const { log, folder, run } = await startConnector(t);
  await rm(folder, { recursive: true });
  const failed = await run();
  assert.deepEqual([failed.code, log()], [1, ["REBUILD completed"]]);
  assert.match(failed.stderr, /ENOENT/);
  await mkdir(folder);
  assert.deepEqual((await run()).lines, ["REBUILD: 0 pushed, 0 removed, 0 unchanged"]);
});

test("activity: the connector refuses a path from elsewhere before it sends anything", async (t) => {
  const { emulator, run } = await startConnector(t);
  const { code, stderr } = await run("../state.json");
  assert.equal(code, 1);
  assert.match(stderr, /is no path in/);
  assert.deepEqual(emulator.requests, []);
});

for (const [signal, exitCode] of [
  ["SIGTERM", 143],
  ["SIGINT", 130],
]) {
  test(`row 37: ${signal} with the recipe: IDLE, then exit code ${exitCode}`, async (t) => {
    const { emulator, log, active } = await startService(t);
    const { child, ended } = startExample(t, emulator, "shutdown.js");
    await active;
    assert.deepEqual(log(), ["REBUILD ongoing"]);
    child.kill(signal);
    const { code, stderr } = await ended;
    assert.equal(code, exitCode, stderr);
    assert.equal(stderr.trim(), `stopped by ${signal}`);
    assert.deepEqual(
      emulator.requests.map(({ statusType }) => statusType),
      ["REBUILD", "IDLE"],
    );
    assert.deepEqual(log(), ["REBUILD completed"]);
  });
}

test("row 37: SIGTERM while the active status is in flight: IDLE, then 143", async (t) => {
  const { emulator, log, active } = await startService(t);
  emulator.failNext({ stall: true, applied: true });
  const { child, ended } = startExample(t, emulator, "shutdown.js");
  await active;
  child.kill("SIGTERM");
  const { code, stderr } = await ended;
  assert.equal(code, 143, stderr);
  assert.deepEqual(log(), ["REBUILD completed"]);
});

test("row 37: a second signal while IDLE is in flight takes nothing from it", async (t) => {
  const { emulator, log, active, idle } = await startService(t);
  emulator.failNext({ status: 500, delayMs: 100, statusType: "IDLE" });
  const { child, ended } = startExample(t, emulator, "shutdown.js");
  await active;
  child.kill("SIGTERM");
  await idle;
  child.kill("SIGINT");
  const { code, stderr } = await ended;
  assert.equal(code, 143, stderr);
  assert.deepEqual(log(), ["REBUILD completed"]);
});

test("row 37: SIGTERM, and IDLE is refused: the command that repairs it, and 143", async (t) => {
  const { emulator, log, active } = await startService(t);
  emulator.failNext({ status: 403, statusType: "IDLE" });
  const { child, ended } = startExample(t, emulator, "shutdown.js");
  await active;
  child.kill("SIGTERM");
  const { code, stderr } = await ended;
  assert.equal(code, 143, stderr);
  assert.match(stderr, /push-source-status set IDLE --source /);
  assert.ok(!stderr.includes(TOKEN));
  assert.deepEqual(log(), ["REBUILD ongoing"]);
});

test("activity: the active status is refused: the recipe prints it, exit code 1", async (t) => {
  const { emulator, log } = await startService(t);
  emulator.failNext({ status: 403 });
  const { code, stderr } = await runExample(t, emulator, "shutdown.js");
  assert.equal(code, 1);
  assert.match(stderr, /forbidden/);
  assert.deepEqual(log(), []);
});

test("activity: SIGKILL leaves the source active, and IDLE at start-up repairs it", async (t) => {
  const { emulator, log, active } = await startService(t);
  const { child, ended } = startExample(t, emulator, "shutdown.js");
  await active;
  child.kill("SIGKILL");
  await ended;
  assert.deepEqual(log(), ["REBUILD ongoing"]);
  const { code, stderr } = await runExample(t, emulator, "idle-at-start-up.js");
  assert.equal(code, 0, stderr);
  assert.deepEqual(log(), ["REBUILD completed", "REFRESH completed"]);
});

test("activity: a token that expires in a long run is read again", async (t) => {
  const renewed = deferred();
  const server = await startFaultServer(t, [
    heldUntil(() => renewed.promise, reply()),
    reply({ status: 401 }),
    reply(),
  ]);
  const tokenFile = join(await temporaryFolder(t), "token");
  const renew = (token) => writeFile(tokenFile, `${token}\n`);
  await renew("the-first-token");
  const env = { COVEO_TOKEN_FILE: tokenFile };
  const { ended } = startExample(t, server, "expiring-token.js", { env });
  await server.received();
  await renew("the-second-token");
  renewed.resolve();
  const { code, stderr } = await ended;
  assert.equal(code, 0, stderr);
  assert.deepEqual(
    server.requests.map((request) => `${request.statusType} ${request.header("authorization")}`),
    ["REBUILD Bearer the-first-token", "IDLE Bearer the-first-token", "IDLE Bearer the-second-token"],
  );
});

test("activity: left_active is caught, and the work is not done again", async (t) => {
  const { emulator, log } = await startService(t);
  emulator.failNext({ status: 403, statusType: "IDLE" });
  const { code, stdout, stderr } = await runExample(t, emulator, "left-active.js");
  assert.equal(code, 75);
  assert.equal(stdout, "the work, once\n3 documents were pushed\n");
  assert.match(stderr, /^\S+ still looks busy\. Run: push-source-status set IDLE --source /);
  assert.deepEqual(log(), ["REBUILD ongoing"]);
});

test("activity: where nothing fails, the same program ends with 0", async (t) => {
  const { emulator, log } = await startService(t);
  const { code, stderr } = await runExample(t, emulator, "left-active.js");
  assert.deepEqual([code, stderr], [0, ""]);
  assert.deepEqual(log(), ["REBUILD completed"]);
});

test("activity: the unit test of the connector passes", async (t) => {
  const { emulator } = await startService(t);
  const { code, stdout } = await runExample(t, emulator, "connector.test.js", { nodeArgs: ["--test"] });
  assert.equal(code, 0, stdout);
  assert.match(stdout, /^. pass [1-9]/m);
});
