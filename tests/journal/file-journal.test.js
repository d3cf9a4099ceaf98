import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs, {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { fileJournal } from "push-source-status/journal";
import { stateFolder } from "../../pkg/journal/state-folder.js";
import { killedKeeper, startKeeper } from "./keeper.js";
import { entryOf, inWords, temporaryFolder } from "./sample.js";

test("what is opened is in the journal until it is closed, and each other source stays", async (t) => {
  const journal = fileJournal({ directory: temporaryFolder(t) });
  assert.deepEqual(await journal.entries(), []);
  const [one, other] = [entryOf("one", { at: 1 }), entryOf("other", { at: 2, kind: "call" })];
  assert.equal(journal.opened([other, one]), undefined);
  const [first, second] = await journal.entries();
  assert.deepEqual(
    { ...first, id: undefined },
    {
      ...one,
      id: undefined,
      owner: "live",
      ownedBy: { ...first.ownedBy, pid: process.pid, name: undefined, group: undefined },
    },
  );
  assert.deepEqual([second.sourceId, second.kind], ["other", "call"]);
  assert.equal(journal.closed([one]), undefined);
  assert.deepEqual(inWords(await journal.entries()), ["other REBUILD live"]);
  assert.deepEqual(await journal.entries("one"), []);
  assert.deepEqual(inWords(await journal.entries("other")), ["other REBUILD live"]);
});

test("a later entry of a source replaces the one before; another organization's or service's does not", async (t) => {
  const journal = fileJournal({ directory: temporaryFolder(t) });
  journal.opened([entryOf("source", { at: 1 })]);
  journal.opened([entryOf("source", { at: 2, statusType: "REFRESH" })]);
  journal.opened([entryOf("source", { at: 3, organizationId: "another" })]);
  journal.opened([entryOf("source", { at: 4, endpoint: "http://127.0.0.1:8080/push/v1" })]);
  assert.deepEqual(
    (await journal.entries()).map(({ at }) => at),
    [2, 3, 4],
  );
  journal.closed([entryOf("source")]);
  assert.deepEqual(
    (await journal.entries()).map(({ at }) => at),
    [3, 4],
  );
});

test("ids that differ in case alone are two sources", async (t) => {
  const journal = fileJournal({ directory: temporaryFolder(t) });
  journal.opened([entryOf("source"), entryOf("SOURCE")]);
  const names = readdirSync(journal.directory).map((name) => name.toLowerCase());
  assert.equal(new Set(names).size, 2);
});

test("two journals of one process, in one folder: neither strikes what the other has written", async (t) => {
  const directory = temporaryFolder(t);
  const [one, other] = [fileJournal({ directory }), fileJournal({ directory })];
  one.opened([entryOf("source")]);
  other.opened([entryOf("source", { statusType: "REFRESH" })]);
  one.closed([entryOf("source")]);
  assert.deepEqual(inWords(await one.entries()), ["source REFRESH live"]);
});

test("closing a source strikes what owners have left who are gone, and no one else's", async (t) => {
  const directory = temporaryFolder(t);
  await killedKeeper(t, { directory, sourceId: "source" });
  await killedKeeper(t, { directory, sourceId: "another" });
  await startKeeper(t, { directory, sourceId: "source" });
  const journal = fileJournal({ directory });
  journal.closed([entryOf("source", { statusType: "IDLE", organizationId: "elsewhere" })]);
  assert.equal((await journal.entries()).length, 3);
  journal.closed([entryOf("source", { statusType: "IDLE" })]);
  assert.deepEqual(inWords(await journal.entries()), ["another REBUILD gone", "source REBUILD live"]);
});

test("the files are for the user alone, and whole, and nothing that was not asked for is in them", {
  skip: process.platform === "win32" && "Windows has no modes",
}, (t) => {
  const journal = fileJournal({ directory: join(temporaryFolder(t), "in", "a", "folder") });
  journal.opened([{ ...entryOf("source"), accessToken: "a-token-that-went-astray" }]);
  assert.equal(statSync(journal.directory).mode & 0o777, 0o700);
  const [name, ...more] = readdirSync(journal.directory);
  assert.deepEqual(more, []);
  const path = join(journal.directory, name);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.ok(!readFileSync(path, "utf8").includes("astray"));
});

test("a record is durable before it has its name, and the names are after it; what is closed waits for no disk", (t) => {
  const journal = fileJournal({ directory: temporaryFolder(t) });
  journal.opened([entryOf("any")]);
  const calls = watched(t, ["writeFileSync", "fsyncSync", "renameSync", "rmSync"]);
  journal.opened([entryOf("one"), entryOf("other")]);
  const write = ["writeFileSync", "fsyncSync", "renameSync"];
  assert.deepEqual(calls, [...write, ...write, "fsyncSync"]);
  calls.length = 0;
  journal.closed([entryOf("one")]);
  assert.deepEqual(calls, ["rmSync"]);
});

/** Records the names of the functions of `node:fs` that are called from now on. */
function watched(t, names) {
  const calls = [];
  const own = Object.fromEntries(names.map((name) => [name, fs[name]]));
  for (const name of names) {
    fs[name] = (...args) => {
      calls.push(name);
      return own[name](...args);
    };
  }
  syncBuiltinESMExports();
  t.after(() => {
    Object.assign(fs, own);
    syncBuiltinESMExports();
  });
  return calls;
}

test("row 68: half a record, another version, somebody else's files: listed, left as they are, in nobody's way", async (t) => {
  const directory = temporaryFolder(t);
  const journal = fileJournal({ directory });
  journal.opened([entryOf("source")]);
  const [name] = readdirSync(directory);
  const text = readFileSync(join(directory, name), "utf8");
  const files = {
    "half.json": text.slice(0, text.length / 2),
    "empty.json": "",
    "version.json": text.replace('"version":1', '"version":"2"'),
    "settings.json": '{"name":"somebody"}',
    "entry.json": text.replace('"REBUILD"', '"IDLE"'),
    "owner.json": text.replace(/"pid":\d+/, '"pid":-1'),
    "large.json": text.padEnd(100_000),
  };
  for (const [file, content] of Object.entries(files)) writeFileSync(join(directory, file), content);
  mkdirSync(join(directory, "folder.json"));
  symlinkSync(join(directory, name), join(directory, "link.json"));
  execFileSync("mkfifo", [join(directory, "pipe.json")]);
  writeFileSync(join(directory, "notes.txt"), "not a record, by its name");

  const before = readdirSync(directory);
  const found = (await journal.entries()).map(({ id, sourceId, unreadable }) => [
    id === name ? "" : id,
    sourceId ?? unreadable,
  ]);
  assert.deepEqual(Object.fromEntries(found), {
    "": "source",
    "half.json": "it is not a whole record",
    "empty.json": "it is not a whole record",
    "version.json": 'it has version "2", of which this package does not know',
    "settings.json": "it is not a record of a journal",
    "entry.json": "its entry is not one",
    "owner.json": "its owner is not one",
    "large.json": "it has 100000 bytes",
    "folder.json": "it is not a file",
    "link.json": "it cannot be read (ELOOP)",
    "pipe.json": "it is not a file",
  });
  assert.equal(found[0][1], "source", "what can be read comes first");
  journal.closed([entryOf("source")]);
  assert.deepEqual(
    readdirSync(directory),
    before.filter((file) => file !== name),
  );
});

test("an entry is struck by whoever lists it, and a name that is no record's is refused", async (t) => {
  const directory = temporaryFolder(t);
  await startKeeper(t, { directory });
  const journal = fileJournal({ directory });
  const [entry] = await journal.entries();
  await journal.strike(entry);
  await journal.strike(entry);
  assert.deepEqual(await journal.entries(), []);
  for (const id of ["../outside.json", "/etc/passwd", "record", undefined]) {
    await assert.rejects(journal.strike({ id }), TypeError);
  }
});

test("what an interrupted write has left is removed an hour later", async (t) => {
  const directory = temporaryFolder(t);
  const journal = fileJournal({ directory });
  journal.opened([entryOf("source")]);
  const [name] = readdirSync(directory);
  const [old, fresh] = ["0123456789ab", "ba9876543210"].map((end) => join(directory, `${name}.tmp-${end}`));
  for (const path of [old, fresh]) writeFileSync(path, "{");
  const twoHoursAgo = Date.now() / 1000 - 7200;
  utimesSync(old, twoHoursAgo, twoHoursAgo);
  assert.equal((await journal.entries()).length, 1);
  assert.deepEqual(readdirSync(directory).sort(), [name, fresh.slice(directory.length + 1)].sort());
});

test("options are checked, and undefined counts as not given", (t) => {
  assert.throws(() => fileJournal({ directory: "" }), /directory must be a text that is not empty/);
  assert.throws(() => fileJournal({ owner: 7 }), /owner must be/);
  assert.throws(() => fileJournal({ folder: "x" }), /folder is not an option; there are directory, owner/);
  assert.throws(() => fileJournal(null), /options must be an object/);
  const directory = temporaryFolder(t);
  assert.equal(fileJournal({ directory, owner: undefined }).directory, directory);
});

test("the folder is where the system keeps what a user's programs remember", () => {
  const home = homedir();
  for (const [platform, env, expected] of [
    ["linux", {}, join(home, ".local/state/push-source-status")],
    ["linux", { XDG_STATE_HOME: "/state" }, "/state/push-source-status"],
    ["linux", { XDG_STATE_HOME: "not/absolute" }, join(home, ".local/state/push-source-status")],
    ["darwin", {}, join(home, "Library/Application Support/push-source-status")],
    ["win32", { LOCALAPPDATA: "/local" }, "/local/push-source-status"],
    ["win32", {}, join(home, "AppData/Local/push-source-status")],
  ]) {
    assert.equal(stateFolder({ platform, env }), expected);
  }
});
