import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { test } from "node:test";

import { FILL, LOCK, mounted, noMounts } from "../journal/mounts.js";
import { temporaryFolder } from "../journal/sample.js";
import { BIN, environment } from "./command-line.js";
import { Night } from "./night.js";

/** Runs a command with the record of a killed connector on a broken file system. */
async function onBroken(t, night, script, words, env) {
  const directory = temporaryFolder(t);
  const surroundings = mounted(directory, `cp -p "$KEPT"/*.json "$DIRECTORY"; ${script}; exec "$@"`);
  const [command, ...args] = [...surroundings, process.execPath, BIN, ...words];
  const variables = { KEPT: night.directory, ...env(directory) };
  return new Promise((resolve) => {
    execFile(command, args, { env: environment(night.emulator, variables) }, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, stdout, stderr }),
    );
  });
}

const asked = (directory) => ({ PUSH_SOURCE_STATUS_JOURNAL: directory });
const byDefault = (directory) => ({ STATE_DIRECTORY: directory });

for (const [what, script, code] of [
  ["full", FILL, "ENOSPC"],
  ["read-only", LOCK, "EROFS"],
]) {
  test(`row 68: recover on a file system that is ${what}: no claim, so nothing is sent, and it says what to do`, {
    skip: noMounts,
  }, async (t) => {
    const night = await Night.begin(t);
    await night.killed("source");
    const end = await onBroken(t, night, script, ["recover", "--all"], asked);
    assert.deepEqual([end.code, end.stdout], [1, ""]);
    const why = `the journal cannot be written: ${code}: .*; push-source-status set IDLE --source source needs none`;
    assert.match(end.stderr, new RegExp(`^push-source-status: source: REBUILD since .* remains: ${why}\n$`));
    assert.deepEqual(night.sent, []);
  });
}

test("row 68: set IDLE with a journal that cannot be written does the same, and says it where it was asked for", {
  skip: noMounts,
}, async (t) => {
  const night = await Night.begin(t);
  await night.killed("source");
  const words = ["set", "IDLE", "--source", "source"];
  const quiet = await onBroken(t, night, LOCK, words, byDefault);
  assert.deepEqual([quiet.code, quiet.stderr], [0, ""]);
  const json = await onBroken(t, night, LOCK, [...words, "--json"], byDefault);
  assert.doesNotMatch(json.stdout, /journal_failed/);
  const loud = await onBroken(t, night, LOCK, words, asked);
  assert.equal(loud.code, 0);
  assert.match(loud.stdout, /^IDLE set on source; /);
  assert.match(loud.stderr, /^push-source-status: the journal cannot be used: EROFS: .*\n$/);
  assert.match(
    (await onBroken(t, night, LOCK, [...words, "--json"], asked)).stdout,
    /"type":"journal_failed"/,
  );
});

test("set IDLE strikes what killed runs have left of the source, and nothing else", async (t) => {
  const night = await Night.begin(t);
  await night.killed(["source", "other"]);
  await night.killed("called", { isCall: true });
  await night.connector("source");
  const { code, stdout, stderr } = await night.run([
    "set",
    "IDLE",
    "--source",
    "source",
    "--source",
    "called",
  ]);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /^IDLE set on 2 of 2 sources/);
  assert.deepEqual(await night.entries(), ["other gone", "source live"]);
});

test("set IDLE that fails strikes nothing; with the owner's name it strikes what another container has left", async (t) => {
  const night = await Night.begin(t);
  await night.killed("source", { owner: "nightly" });
  night.rewrite("source", { host: "another", boot: "another" });
  const words = ["set", "IDLE", "--source", "source"];
  assert.equal((await night.run(words)).code, 0);
  assert.deepEqual(await night.entries(), ["source unknown"]);
  night.emulator.failNext({ status: 403 });
  assert.equal((await night.run([...words, "--owner", "nightly"])).code, 1);
  assert.deepEqual(await night.entries(), ["source unknown"]);
  assert.equal((await night.run([...words, "--owner", "nightly"])).code, 0);
  assert.deepEqual(await night.entries(), []);
});

test("set writes nothing into a journal, and makes none", async (t) => {
  const night = await Night.begin(t);
  for (const statusType of ["REBUILD", "IDLE"]) {
    assert.equal((await night.run(["set", statusType, "--source", "source"])).code, 0);
  }
  assert.throws(() => readdirSync(night.directory), { code: "ENOENT" });
});
