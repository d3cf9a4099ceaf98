import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { fileJournal } from "push-source-status/journal";
import { FILL, LOCK, mounted, noMounts } from "./mounts.js";
import { entryOf, inWords, temporaryFolder } from "./sample.js";
import { logOf, startService } from "./service.js";

const PROGRAM = fileURLToPath(new URL("broken-program.js", import.meta.url));
const KEEPER = fileURLToPath(new URL("keeper-program.js", import.meta.url));
const NOBODY = 65_534;

const noModes = process.platform === "win32" && "Windows has no modes";

/** Runs the program, and returns its output and the log of the service. */
async function play(t, directory, { within = [], user } = {}) {
  const { emulator } = await startService(t);
  const task = JSON.stringify({ directory, endpoint: emulator.endpoint, sourceId: "source" });
  const [command, ...args] = [...within, process.execPath, PROGRAM, task];
  const { stdout } = await promisify(execFile)(command, args, user && { uid: user, gid: user });
  return { ...JSON.parse(stdout), log: logOf(emulator, "source") };
}

/** Leaves a record of a process that is gone. */
const leave = `{ "$NODE" '${KEEPER}' "{\\"directory\\":\\"$DIRECTORY\\",\\"isKilled\\":true}" || true; }`;

/** A user for whom permissions count, unlike root. */
const user = process.getuid?.() === 0 ? NOBODY : undefined;

test("row 68: on a full disk the work is done, and what was written before is still there", {
  skip: noMounts,
}, async (t) => {
  const directory = temporaryFolder(t);
  const found = await play(t, directory, { within: mounted(directory, `${leave}; ${FILL}; exec "$@"`) });
  assert.deepEqual(found, {
    failures: ["ENOSPC"],
    check: "ENOSPC",
    claim: "ENOSPC",
    entries: ["kept REBUILD gone"],
    log: ["REBUILD completed"],
  });
});

test("row 68: on a read-only file system the work is done, and what is there can be read", {
  skip: noMounts,
}, async (t) => {
  const directory = temporaryFolder(t);
  const found = await play(t, directory, { within: mounted(directory, `${leave}; ${LOCK}; exec "$@"`) });
  assert.deepEqual(found, {
    failures: ["EROFS"],
    check: "EROFS",
    claim: "EROFS",
    entries: ["kept REBUILD gone"],
    log: ["REBUILD completed"],
  });
});

for (const [what, mode, entries] of [
  ["may not write", 0o555, ["kept REBUILD live"]],
  ["may not even look", 0o000, "EACCES"],
]) {
  test(`row 68: in a folder where the user ${what} the work is done`, { skip: noModes }, async (t) => {
    const directory = temporaryFolder(t);
    fileJournal({ directory }).opened([entryOf("kept")]);
    chmodSync(join(directory, readdirSync(directory)[0]), 0o644);
    chmodSync(directory, mode);
    try {
      const { failures, ...found } = await play(t, directory, { user });
      assert.deepEqual(found, { check: "EACCES", claim: "EACCES", entries, log: ["REBUILD completed"] });
      assert.deepEqual(new Set(failures), new Set(["EACCES"]));
    } finally {
      chmodSync(directory, 0o700);
    }
  });
}

test("row 68: another's file, which the user may not read, is listed as such", {
  skip: user === undefined && "only root can make one",
}, async (t) => {
  const directory = temporaryFolder(t);
  fileJournal({ directory }).opened([entryOf("theirs")]);
  chmodSync(directory, 0o777);
  assert.deepEqual(await play(t, directory, { user }), {
    failures: [],
    claim: true,
    entries: ["it cannot be read (EACCES)"],
    log: ["REBUILD completed"],
  });
});

test("row 68: a folder below a file cannot be made, and the work is done", async (t) => {
  const directory = `${temporaryFolder(t)}/journal`;
  writeFileSync(dirname(directory), "a file");
  assert.deepEqual(await play(t, directory), {
    failures: ["ENOTDIR", "ENOTDIR"],
    check: "ENOTDIR",
    claim: "ENOTDIR",
    entries: "ENOTDIR",
    log: ["REBUILD completed"],
  });
});

test("row 68: a folder that is removed is made again", async (t) => {
  const journal = fileJournal({ directory: temporaryFolder(t) });
  journal.opened([entryOf("one")]);
  rmSync(journal.directory, { recursive: true });
  assert.deepEqual(await journal.entries(), []);
  journal.closed([entryOf("one")]);
  journal.opened([entryOf("other")]);
  assert.deepEqual(inWords(await journal.entries()), ["other REBUILD live"]);
});

test("row 68: of several entries those are written that can be", async (t) => {
  const journal = fileJournal({ directory: temporaryFolder(t) });
  journal.opened([entryOf("middle")]);
  const [name] = readdirSync(journal.directory);
  rmSync(`${journal.directory}/${name}`);
  // A folder in the place of the file that the entry needs.
  mkdirSync(`${journal.directory}/${name}`);
  assert.throws(() => journal.opened([entryOf("first"), entryOf("middle"), entryOf("last")]), {
    code: "EISDIR",
  });
  const found = (await journal.entries()).filter(({ sourceId }) => sourceId);
  assert.deepEqual(inWords(found).sort(), ["first REBUILD live", "last REBUILD live"]);
});
