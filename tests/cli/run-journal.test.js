import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { temporaryFolder } from "../journal/sample.js";
import { around, BIN, Child, environment, run, spawnMarked, statusesOf, TOKEN } from "./command-line.js";
import { skip as noTerminal, startInTerminal } from "./terminal.js";

const started = { code: 0, signal: null, stdout: "started\n", stderr: "" };

async function startPlace(t, answers = 2) {
  const folder = temporaryFolder(t);
  mkdirSync(folder);
  const server = await startFaultServer(
    t,
    Array.from({ length: answers }, () => reply()),
  );
  return { server, folder };
}

for (const [what, given, name] of [
  ["--journal", (folder) => ({ flags: ["--journal", join(folder, "own")] }), "own"],
  [
    "PUSH_SOURCE_STATUS_JOURNAL",
    (folder) => ({ env: { PUSH_SOURCE_STATUS_JOURNAL: join(folder, "own") } }),
    "own",
  ],
  ["STATE_DIRECTORY", (folder) => ({ env: { STATE_DIRECTORY: join(folder, "own") } }), "own"],
  ["default", (folder) => ({ env: { XDG_STATE_HOME: folder } }), "push-source-status"],
]) {
  test(`the journal, by ${what}: while the program works it has a record, without the token`, async (t) => {
    const { server, folder } = await startPlace(t);
    const { flags = [], env } = given(folder);
    const directory = join(folder, name);
    const end = await run(t, around(`cat '${directory}'/*.json`, ...flags), { server, env });
    assert.deepEqual([end.code, end.stderr], [0, ""]);
    assert.equal(JSON.parse(end.stdout).entry.statusType, "REBUILD");
    assert.ok(!end.stdout.includes(TOKEN));
    const records = readdirSync(directory).filter((file) => file.endsWith(".json"));
    assert.deepEqual(records, []);
  });
}

test("--no-journal: nothing is written", async (t) => {
  const { server, folder } = await startPlace(t);
  const end = await run(t, around("echo started", "--no-journal"), {
    server,
    env: { XDG_STATE_HOME: folder },
  });
  assert.deepEqual(end, started);
  assert.deepEqual(readdirSync(folder), []);
});

describe("row 68: a folder that cannot be one", { concurrency: 2 }, () => {
  /** Puts a file where the folder would be. */
  async function startBroken(t, answers) {
    const { server, folder } = await startPlace(t, answers);
    const file = join(folder, "a-file");
    writeFileSync(file, "");
    return { server, file };
  }

  test("that was asked for: 125, nothing is sent, and where it comes from is told", async (t) => {
    const { server, file } = await startBroken(t, 0);
    for (const [flags, env, origin] of [
      [["--journal", file], {}, "--journal"],
      [[], { PUSH_SOURCE_STATUS_JOURNAL: file }, "PUSH_SOURCE_STATUS_JOURNAL"],
    ]) {
      const { code, stdout, stderr } = await run(t, around("echo started", ...flags), { server, env });
      assert.deepEqual([code, stdout], [125, ""]);
      assert.match(stderr, new RegExp(`the journal, from ${origin}, cannot be used: E[A-Z]+`));
    }
  });

  test("that is the default: not a word off a terminal, and an event", async (t) => {
    const { server, file } = await startBroken(t, 4);
    const env = { XDG_STATE_HOME: file };
    assert.deepEqual(await run(t, around("echo started"), { server, env }), started);
    const { code, stderr } = await run(t, around("true", "--json"), { server, env });
    const events = stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.equal(code, 0);
    assert.match(events.find(({ type }) => type === "journal_failed").message, /user's state folder/);
  });

  test("that is the default: said on a terminal", { skip: noTerminal }, async (t) => {
    const { server, file } = await startBroken(t, 2);
    const command = startInTerminal(t, around("true"), { server, env: { XDG_STATE_HOME: file } });
    const { code, stdout } = await command.ended;
    assert.equal(code, 0);
    assert.match(stdout, /push-source-status: the journal is not kept: .*user's state folder/);
  });
});

test("row 68: a folder in which nothing can be claimed: 125 where it was asked for, else the work is done", async (t) => {
  const { server, folder } = await startPlace(t);
  writeFileSync(join(folder, "claims"), "");
  const asked = await run(t, around("echo started", "--journal", folder), { server });
  assert.deepEqual([asked.code, asked.stdout], [125, ""]);
  assert.match(asked.stderr, /the journal cannot be used: E[A-Z]+/);
  const env = { STATE_DIRECTORY: folder };
  assert.deepEqual(await run(t, around("echo started"), { server, env }), started);
});

test("row 68: a folder that is lost while the program works: the work is done, IDLE is set", async (t) => {
  const { server, folder } = await startPlace(t, 4);
  const directory = join(folder, "own");
  // Once the claim names the program, nothing more is written until the program has ended. Its temporary file names it sooner.
  const isNamed = `grep -q '"group":{' '${directory}'/claims/*/1`;
  const script = `until ${isNamed}; do sleep 0.02; done; rm -r '${directory}'; : > '${directory}'; echo started`;
  const end = await run(t, around(script, "--journal", directory, "--json"), { server });
  assert.deepEqual([end.code, end.stdout], [0, "started\n"]);
  assert.match(end.stderr, /"type":"journal_failed"/);
  rmSync(directory);
  const loud = await run(t, around(script, "--journal", directory), { server });
  assert.deepEqual([loud.code, loud.stdout], [0, "started\n"]);
  assert.match(loud.stderr, /^push-source-status: the journal is not kept: [^\n]*\n$/);
});

const noMounts =
  spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status !== 0 &&
  "no file system may be mounted here";

for (const [what, prepare] of [
  ["is full", 'dd if=/dev/zero of="$D/filler" bs=1k 2>/dev/null'],
  ["is read-only", 'mount -o remount,ro "$D"'],
]) {
  test(`row 68: a disk that ${what}: 125 where the journal was asked for, else the work is done without a word`, {
    skip: noMounts,
  }, async (t) => {
    const { server, folder } = await startPlace(t);
    const mount = 'mount -t tmpfs -o size=64k,mode=700 tmpfs "$D"';
    const begin = (flags, env) => {
      const command = `${mount} && { ${prepare}; exec "$@"; }`;
      const words = [process.execPath, BIN, ...around("echo started", ...flags)];
      const child = spawnMarked("unshare", ["-rm", "sh", "-c", command, "sh", ...words], {
        env: { ...environment(server, env), D: folder },
        stdio: ["ignore", "pipe", "pipe"],
      });
      return new Child(t, child).ended;
    };
    const asked = await begin(["--journal", folder], {});
    assert.deepEqual([asked.code, asked.stdout], [125, ""]);
    assert.match(asked.stderr, /the journal.* cannot be used: (ENOSPC|EROFS)/);
    assert.deepEqual(await begin([], { STATE_DIRECTORY: folder }), started);
    assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
  });
}

test("the owner's name is in the record, where one is given", async (t) => {
  const { server, folder } = await startPlace(t);
  const flags = ["--journal", folder, "--owner", "nightly"];
  const { stdout } = await run(t, around(`cat '${folder}'/*.json`, ...flags), { server });
  assert.equal(JSON.parse(stdout).owner.name, "nightly");
});
