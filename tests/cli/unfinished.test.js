import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";

import { FILL, LOCK, mounted, noMounts } from "../journal/mounts.js";
import { temporaryFolder } from "../journal/sample.js";
import { BIN, environment, run } from "./command-line.js";
import { ELSEWHERE, linesOf, Night } from "./night.js";

/** A user without privileges, because permissions do not restrict root. */
const NOBODY = 65_534;
const user = process.getuid?.() === 0 ? NOBODY : undefined;

/** Begins a night with a source for each kind of owner. */
async function threeKinds(t) {
  const night = await Night.begin(t);
  const gone = await night.killed("left");
  const live = await night.connector("in-work");
  await night.killed("elsewhere");
  night.rewrite("elsewhere", ELSEWHERE);
  return { night, gone, live };
}

test("unfinished: which source, since when, whose, and whether they are alive", async (t) => {
  const { night, gone, live } = await threeKinds(t);
  const { code, stdout, stderr } = await night.run(["unfinished"]);
  assert.deepEqual([code, stderr], [0, ""]);
  const lines = stdout.replaceAll(/since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(\d+ s ago\)/g, "SINCE").split("\n");
  assert.match(
    lines[0],
    /^organization mycoveocloudv2organization\w+ at http:\/\/127\.0\.0\.1:\d+\/push\/v1:$/,
  );
  assert.deepEqual(
    lines.slice(1, 7).map((line) => line.replace(/ on .*/, "")),
    [
      "  left  REBUILD SINCE",
      `    gone: process ${gone.pid}`,
      "  in-work  REBUILD SINCE",
      `    live: process ${live.pid}`,
      "  elsewhere  REBUILD SINCE",
      lines[6].replace(/ on .*/, ""),
    ],
  );
  assert.match(lines[6], /^ {4}unknown: process \d+ on another$/);
  assert.deepEqual(night.sent, [], "nothing is sent");
});

test("unfinished --json: an entry a line, and how many there are", async (t) => {
  const { night, gone } = await threeKinds(t);
  const lines = linesOf((await night.run(["unfinished", "--json"])).stdout);
  assert.deepEqual(
    lines.map(({ type, sourceId, owner }) => [type, sourceId, owner]),
    [
      ["entry", "left", "gone"],
      ["entry", "in-work", "live"],
      ["entry", "elsewhere", "unknown"],
      ["summary", undefined, undefined],
    ],
  );
  assert.equal(lines[0].ownedBy.pid, gone.pid);
  assert.deepEqual(lines.at(-1), {
    type: "summary",
    directory: night.directory,
    gone: 1,
    live: 1,
    unknown: 1,
    unreadable: 0,
  });
});

test("unfinished: the commands that it prints do what it says", async (t) => {
  const { night } = await threeKinds(t);
  const { stdout } = await night.run(["unfinished"]);
  const [, recover] = /^what is gone is set to IDLE by: (.*)$/m.exec(stdout);
  const [, stale] = /^what is unknown, if no run takes longer than 6 h: (.*)$/m.exec(stdout);
  assert.equal(stale, `${recover} --stale 6h`);
  const line = recover.replace("push-source-status", `'${process.execPath}' '${BIN}'`);
  const env = environment(undefined, { COVEO_ORGANIZATION_ID: undefined });
  await new Promise((resolve) => execFile("sh", ["-c", line], { env }, resolve));
  assert.deepEqual(night.sent, ["left IDLE"]);
});

test("unfinished -q: what is live is left out, and so is what is well", async (t) => {
  const { night } = await threeKinds(t);
  const { stdout } = await night.run(["unfinished", "-q"]);
  assert.match(stdout, /^ {2}left /m);
  assert.doesNotMatch(stdout, /in-work/);
  const other = await Night.begin(t);
  await other.connector("in-work");
  assert.deepEqual(await other.run(["unfinished", "-q"]), { code: 0, signal: null, stdout: "", stderr: "" });
});

test("unfinished: what a call has set is said to be left", async (t) => {
  const night = await Night.begin(t);
  await night.killed("called", { isCall: true });
  const { stdout } = await night.run(["unfinished"]);
  assert.match(stdout, /gone: process \d+ on .*; set by a call of its own, which recover leaves$/m);
  assert.doesNotMatch(stdout, /is set to IDLE by/);
});

test("unfinished: the owner's name, and the process group of its program", async (t) => {
  const night = await Night.begin(t);
  const { group } = await night.connector("named", { owner: "nightly", program: ["sleep", "600"] });
  const { stdout } = await night.run(["unfinished"]);
  assert.match(stdout, new RegExp(`, and its program ${group}, for the owner nightly$`, "m"));
  night.rewrite("named", ELSEWHERE);
  assert.match((await night.run(["unfinished", "--owner", "hourly"])).stdout, /unknown: /);
  assert.match((await night.run(["unfinished", "--owner", "nightly"])).stdout, /gone: /);
});

test("unfinished: nothing, and no journal at all, which is not made by a look", async (t) => {
  const night = await Night.begin(t);
  const says = async () => (await night.run(["unfinished"])).stdout;
  assert.equal(await says(), `there is no journal in ${night.directory}\n`);
  assert.equal(existsSync(night.directory), false);
  mkdirSync(night.directory);
  assert.equal(await says(), `nothing is unfinished in ${night.directory}\n`);
  assert.deepEqual(readdirSync(night.directory), []);
});

test("unfinished: which journal, by its variable, by systemd's, and else the user's", async (t) => {
  const night = await Night.begin(t);
  await night.killed("left");
  const journal = night.directory;
  for (const env of [{ PUSH_SOURCE_STATUS_JOURNAL: journal }, { STATE_DIRECTORY: `${journal}:/other` }]) {
    assert.match((await run(t, ["unfinished"], { env })).stdout, /^ {2}left /m);
  }
  const state = dirname(journal);
  const { stdout } = await run(t, ["unfinished"], { env: { XDG_STATE_HOME: state } });
  assert.equal(stdout, `there is no journal in ${join(state, "push-source-status")}\n`);
});

test("unfinished: what is no record is named, and left as it is", async (t) => {
  const night = await Night.begin(t);
  await night.killed("left");
  const file = join(night.directory, "half.json");
  writeFileSync(file, "{");
  const { code, stdout, stderr } = await night.run(["unfinished"]);
  assert.equal(code, 0);
  assert.match(stdout, /^ {2}left /m);
  assert.equal(stderr, `push-source-status: ${file}: it is not a whole record; it is left as it is\n`);
  const [entry, unreadable] = linesOf((await night.run(["unfinished", "--json"])).stdout);
  assert.equal(entry.type, "entry");
  assert.deepEqual([unreadable.type, unreadable.file], ["unreadable", file]);
  assert.ok(existsSync(file));
});

test("row 68: a journal that cannot be read: 1, and why", async (t) => {
  const night = await Night.begin(t);
  writeFileSync(night.directory, "a file");
  const { code, stdout, stderr } = await night.run(["unfinished"]);
  assert.deepEqual([code, stdout], [1, ""]);
  assert.match(stderr, /^push-source-status: the journal cannot be read: ENOTDIR: /);
  const [line] = linesOf((await night.run(["unfinished", "--json"])).stdout);
  assert.deepEqual([line.type, line.what, line.code], ["journal_failed", "read", "ENOTDIR"]);
});

for (const [what, mode, below, says] of [
  ["write", 0o555, "", /the journal cannot be written: EACCES/],
  ["look", 0o000, "", /the journal cannot be read: EACCES/],
  ["make it", 0o555, "/deeper/journal", /the journal cannot be written: EACCES/],
]) {
  test(`row 68: a folder where the user may not ${what}: 1, and why`, {
    skip: process.platform === "win32" && "Windows has no modes",
  }, async (t) => {
    const directory = temporaryFolder(t);
    mkdirSync(directory, { mode });
    try {
      const { code, stderr } = await within(t, [], directory + below, user && { uid: user, gid: user });
      assert.equal(code, 1);
      assert.match(stderr, says);
    } finally {
      chmodSync(directory, 0o700);
    }
  });
}

for (const [what, script, says] of [
  ["full", FILL, /the journal cannot be written: ENOSPC/],
  ["read-only", LOCK, /the journal cannot be written: EROFS/],
]) {
  test(`row 68: a file system that is ${what}: 1, and why`, { skip: noMounts }, async (t) => {
    const directory = temporaryFolder(t);
    const { code, stdout, stderr } = await within(t, mounted(directory, `${script}; exec "$@"`), directory);
    assert.deepEqual([code, stdout], [1, `nothing is unfinished in ${directory}\n`]);
    assert.match(stderr, says);
  });
}

/** Runs the command by way of other commands. */
async function within(t, surroundings, directory, options) {
  const [command, ...args] = [...surroundings, process.execPath, BIN, "unfinished", "--journal", directory];
  return new Promise((resolve) => {
    const child = execFile(
      command,
      args,
      { env: environment(), cwd: "/", ...options },
      (error, stdout, stderr) => resolve({ code: error ? error.code : 0, stdout, stderr }),
    );
    t.after(() => child.kill("SIGKILL"));
  });
}

test("unfinished: a source that is named is one argument too many", async (t) => {
  const { code, stderr } = await run(t, ["unfinished", "my-source"]);
  assert.equal(code, 2);
  assert.match(stderr, /"my-source" is one argument too many; all sources are listed/);
});
