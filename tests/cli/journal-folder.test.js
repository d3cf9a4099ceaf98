import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { userInfo } from "node:os";
import { delimiter } from "node:path";
import { test } from "node:test";

import { journalFolder } from "../../pkg/cli/journal-folder.js";
import { UsageError } from "../../pkg/cli/usage-error.js";

const VARIABLES = { PUSH_SOURCE_STATUS_JOURNAL: "/variable", STATE_DIRECTORY: "/state" };

for (const [what, flags, env, directory, isAskedFor] of [
  ["--journal wins", { journal: "/flag" }, VARIABLES, "/flag", true],
  ["then its variable", {}, VARIABLES, "/variable", true],
  ["then systemd's", {}, { STATE_DIRECTORY: "/state" }, "/state", false],
  ["of several, the first", {}, { STATE_DIRECTORY: ["/one", "/two"].join(delimiter) }, "/one", false],
  ["then the user's state folder", {}, {}, undefined, false],
  [
    "what is empty is not given",
    { journal: "" },
    { ...VARIABLES, PUSH_SOURCE_STATUS_JOURNAL: "" },
    "/state",
    false,
  ],
]) {
  test(`the journal's folder: ${what}`, () => {
    const { origin: _, ...rest } = journalFolder(flags, env);
    assert.deepEqual(rest, { directory, isAskedFor });
  });
}

test("the journal's folder says where it comes from", () => {
  const origins = [
    [{ journal: "a" }, {}],
    [{}, VARIABLES],
    [{}, { STATE_DIRECTORY: "/state" }],
    [{}, {}],
  ].map(([flags, env]) => journalFolder(flags, env).origin);
  assert.deepEqual(origins, [
    "--journal",
    "PUSH_SOURCE_STATUS_JOURNAL",
    "STATE_DIRECTORY",
    "the user's state folder",
  ]);
});

test("--no-journal: none, whatever the variables say, and not together with --journal", () => {
  assert.equal(journalFolder({ "no-journal": true }, VARIABLES), undefined);
  assert.throws(() => journalFolder({ "no-journal": true, journal: "/flag" }, {}), UsageError);
});

for (const [what, home] of [
  ["empty", ""],
  ["no absolute path", "."],
]) {
  test(`the user's state folder, where HOME is ${what}: the one of the user that the system knows`, () => {
    const program =
      'import("push-source-status/journal").then((it) => console.log(it.fileJournal().directory))';
    const { stdout } = spawnSync(process.execPath, ["-e", program], {
      env: { HOME: home },
      encoding: "utf8",
    });
    const folder = stdout.trim();
    assert.ok(folder.startsWith(userInfo().homedir), folder);
  });
}
