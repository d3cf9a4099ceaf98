import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { BIN, start } from "../cli/command-line.js";
import { freePort } from "../faults/port.js";
import { codeBlocks, startNode, startProgram } from "./document-program.js";
import { isStatusType, statuses } from "./package.js";
import { SOURCE } from "./sample.js";
import { startedEmulator } from "./started-emulator.js";

const root = new URL("../../", import.meta.url);
const readme = await readFile(new URL("README.md", root), "utf8");
const blocks = await codeBlocks("README.md");
const [program, connectorsTest] = blocks.filter(({ language }) => language === "js").map(({ code }) => code);
const [install, commands] = blocks.filter(({ language }) => language === "sh").map(({ code }) => code);

const WORK = "// Retrieve the content and push it. Stop when the signal is aborted.";
const logOf = (emulator) =>
  emulator.activities(SOURCE).map(({ statusType, state }) => `${statusType} ${state}`);
const statusesAt = (emulator) => emulator.requests.map(({ statusType }) => statusType);

test("the README is short, and holds no block that no test executes", () => {
  assert.ok(readme.split("\n").length <= 181, `${readme.split("\n").length - 1} lines`);
  assert.deepEqual(
    blocks.map(({ language }) => language),
    ["sh", "js", "sh", "js"],
  );
});

test("the README's program sets REBUILD, then IDLE, and exits with 0", async (t) => {
  const emulator = await startedEmulator(t);
  const { code, stdout, stderr } = await startProgram(t, program, emulator).ended;
  assert.deepEqual([code, stdout, stderr], [0, "", ""]);
  assert.deepEqual(logOf(emulator), ["REBUILD completed"]);
});

test("the README's program sets IDLE when its work throws, and exits with 1", async (t) => {
  const emulator = await startedEmulator(t);
  const throwing = withWork('throw new Error("the wiki is down");');
  const { code, stderr } = await startProgram(t, throwing, emulator).ended;
  assert.deepEqual([code, stderr], [1, "the wiki is down\n"]);
  assert.deepEqual(logOf(emulator), ["REBUILD completed"]);
});

test("the README's program does not crawl when REBUILD is refused, and exits with 1", async (t) => {
  const emulator = await startedEmulator(t);
  emulator.failNext({ status: 403 });
  const { code, stdout, stderr } = await startProgram(t, withWork('console.log("crawls");'), emulator).ended;
  assert.deepEqual([code, stdout], [1, ""]);
  assert.match(stderr, /403/);
  assert.deepEqual(statusesAt(emulator), ["REBUILD"]);
});

for (const [work, what] of [
  [WORK, "when IDLE cannot be set"],
  ['throw new Error("the wiki is down");', "when its work throws, and then IDLE cannot be set"],
]) {
  test(`the README's program prints the command that repairs the source ${what}, and exits with 1`, async (t) => {
    const emulator = await startedEmulator(t);
    emulator.failNext({ status: 403, statusType: "IDLE" });
    const { code, stderr } = await startProgram(t, withWork(work), emulator).ended;
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`push-source-status set IDLE .*--source ${SOURCE}`));
    assert.deepEqual(logOf(emulator), ["REBUILD ongoing"]);
  });
}

test("the README's program sets IDLE after a SIGTERM, and exits with 143: as it stands", async (t) => {
  const emulator = await startedEmulator(t);
  emulator.failNext({ stall: true, applied: true, statusType: "REBUILD" });
  const child = startProgram(t, program, emulator);
  let hasEnded = false;
  child.ended.then(() => (hasEnded = true));
  while (logOf(emulator).length === 0 && !hasEnded) await setImmediate();
  child.signal("SIGTERM");
  const { code, stderr } = await child.ended;
  assert.deepEqual([code, stderr], [143, "stopped by SIGTERM\n"]);
  assert.deepEqual(logOf(emulator), ["REBUILD completed"]);
});

test("the README's program sets IDLE after a SIGTERM, and exits with 143: while it crawls", async (t) => {
  const emulator = await startedEmulator(t);
  const crawling = withWork(`
    console.log("crawls");
    const alive = setInterval(() => {}, 1000);
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    clearInterval(alive);
    signal.throwIfAborted();`);
  const child = startProgram(t, crawling, emulator);
  await child.says(/crawls/);
  child.signal("SIGTERM");
  const { code, stderr } = await child.ended;
  assert.deepEqual([code, stderr], [143, "stopped by SIGTERM\n"]);
  assert.deepEqual(logOf(emulator), ["REBUILD completed"]);
});

test("the README's test of a connector passes, and fails where the source stays active", async (t) => {
  const emulator = await startedEmulator(t);
  assert.equal((await startProgram(t, connectorsTest, emulator).ended).code, 0);
  const leaving = connectorsTest.replace(
    'client.runActivity("wiki", "REBUILD", async () => {});',
    'client.setStatus("wiki", "REBUILD");',
  );
  assert.notEqual(leaving, connectorsTest);
  const { code, stderr } = await startProgram(t, leaving, emulator).ended;
  assert.equal(code, 1);
  assert.match(stderr, /AssertionError/);
});

const hasPython = spawnSync("python3", ["--version"]).status === 0;
const skip = !hasPython && "NOT RUN: there is no python3 on this machine";

test("the README's command lines run a Python program, and set two sources", { skip }, async (t) => {
  const emulator = await startedEmulator(t);
  const folder = await mkdtemp(join(tmpdir(), "readme-"));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "connector.py"), "import sys\nprint('crawls')\nsys.exit(3)\n");
  const outcomes = [];
  for (const line of commands.trim().split("\n")) {
    const [name, ...words] = line.replace("--region eu", `--endpoint ${emulator.endpoint}`).split(" ");
    assert.equal(name, "push-source-status");
    // Where `run` keeps its journal.
    const child = startNode(t, [BIN, ...words], { XDG_STATE_HOME: folder }, folder);
    const { code, stdout } = await child.ended;
    outcomes.push([code, stdout.includes("crawls")]);
  }
  assert.deepEqual(outcomes, [
    [3, true],
    [0, false],
  ]);
  assert.deepEqual(statusesAt(emulator), ["REBUILD", "IDLE", "IDLE", "IDLE"]);
});

test("the README's page is served at the address that it names", async (t) => {
  const port = await freePort();
  const child = start(t, ["page", "--port", `${port}`]);
  await child.says(/http:\/\/\S+/);
  const [address] = /http:\/\/\S+/.exec(child.stdout);
  assert.equal(address, `http://127.0.0.1:${port}/`);
  assert.equal((await fetch(address)).status, 200);
  assert.ok(readme.includes("http://127.0.0.1:7420/"));
  assert.match((await start(t, ["page", "--help"]).ended).stdout, /http:\/\/127\.0\.0\.1:7420\//);
});

test("the README installs the package by its name", async () => {
  const { name } = JSON.parse(await readFile(new URL("pkg/package.json", root), "utf8"));
  assert.equal(install, `npm install ${name}\n`);
});

test("the README's table of statuses is the package's", () => {
  const rows = [...readme.matchAll(/^\| `([A-Z]+)` \| (.*?) \| (.*?) \| (.*?) \|$/gm)]
    .map(([, statusType, consoleName, cost, setWhen]) => ({
      statusType,
      consoleName: consoleName.replaceAll("**", ""),
      cost: cost === "–" ? null : cost,
      setWhen,
    }))
    .filter(({ statusType }) => isStatusType(statusType));
  assert.deepEqual(rows, statuses());
});

/** Replaces the comment of the README's program by code. */
function withWork(work) {
  const changed = program.replace(WORK, work);
  assert.ok(program.includes(WORK));
  return changed;
}
