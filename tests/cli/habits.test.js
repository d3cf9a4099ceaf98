import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { test } from "node:test";

import { COMMANDS } from "../../pkg/cli/main.js";
import { statuses } from "../node/package.js";
import { BIN, run, SOURCE } from "./command-line.js";
import { skip, startInTerminal } from "./terminal.js";

/** A device of Linux that has no room for anything. */
const skipWithoutFull = !existsSync("/dev/full") && "there is no /dev/full";

for (const words of [
  ["--help"],
  ["-h"],
  ["help"],
  ...Object.keys(COMMANDS).flatMap((name) => [
    [name, "--help"],
    ["help", name],
  ]),
]) {
  test(`${words.join(" ")} fits a screen, and ends with an example`, async (t) => {
    const { code, stdout, stderr } = await run(t, words);
    assert.deepEqual([code, stderr], [0, ""]);
    const lines = stdout.trimEnd().split("\n");
    assert.ok(lines.length <= 24, `${lines.length} lines`);
    for (const line of lines) assert.ok(line.length <= 80, `${line.length} columns: ${line}`);
    assert.match(stdout, /^ {2,}(?:\w+=\S+ )*push-source-status /m);
  });
}

test("each command's help names each of its flags", async (t) => {
  for (const [name, load] of Object.entries(COMMANDS)) {
    const { options } = await load();
    const { stdout } = await run(t, [name, "--help"]);
    for (const flag of Object.keys(options).filter((flag) => !["help", "quiet"].includes(flag))) {
      assert.ok(stdout.includes(`--${flag}`), `${name}: --${flag}`);
    }
  }
});

test("the help of set says what setting a status does not do", async (t) => {
  assert.match((await run(t, ["set", "--help"])).stdout, /it starts, deletes and indexes\s+nothing/);
});

for (const words of [["statuses"], ["unfinished", "--json"], ["statuses", "--help"]]) {
  test(`${words.join(" ")} to a full disk: it says so, and exits with 1`, {
    skip: skipWithoutFull,
  }, async (t) => {
    const full = openSync("/dev/full", "w");
    t.after(() => closeSync(full));
    const { code, stderr } = await run(t, words, { stdio: ["ignore", full, "pipe"] });
    assert.deepEqual(
      [code, stderr],
      [1, "push-source-status: the standard output could not be written (ENOSPC)\n"],
    );
  });
}

test("--help after -- belongs to the program", async (t) => {
  const end = await run(t, ["run", "REBUILD", "--source", SOURCE, "--", "no-such-program", "--help"]);
  assert.equal(end.code, 127);
});

test("--version is the package's", async (t) => {
  const { version } = JSON.parse(readFileSync(new URL("../../pkg/package.json", import.meta.url), "utf8"));
  assert.equal((await run(t, ["--version"])).stdout, `${version}\n`);
});

test("no command at all: the help to standard error, and 2", async (t) => {
  const end = await run(t, []);
  assert.deepEqual([end.code, end.stdout], [2, ""]);
  assert.match(end.stderr, /Usage: push-source-status COMMAND/);
});

for (const [words, says] of [
  [["sett"], /"sett" is not a command; did you mean set\?/],
  [["rnu"], /did you mean run\?/],
  [["Statusses"], /did you mean statuses\?/],
  [
    ["frobnicate"],
    /"frobnicate" is not a command; there are run, set, unfinished, recover, statuses, page, emulator/,
  ],
  [["--json", "set"], /the command comes first/],
  [["set", "IDLE", "--sorce", "a"], /--sorce is not a flag; did you mean --source\?/],
  [["set", "IDLE", "--dryrun"], /did you mean --dry-run\?/],
  [["set", "IDLE", "--org", "a"], /did you mean --organization\?/],
  [["set", "IDLE", "--frobnicate"], /--frobnicate is not a flag; there are --help, /],
  [["set", "IDLE", "-x"], /-x is not a flag; there are/],
  [["set", "IDLE", "--source"], /--source needs a value/],
  [["set", "IDLE", "--source", "--json"], /--source needs a value/],
  [["set", "IDLE", "--json=yes"], /--json takes no value/],
  [["emulator", "--port", "http"], /--port must be a number/],
  [["emulator", "--port", "65536"], /--port must be a number/],
  [["emulator", "8080"], /the port is --port PORT/],
  [["statuses", "now"], /the Push API sets it and does not read it/],
]) {
  test(`${words.join(" ")}: 2, and what was meant`, async (t) => {
    const end = await run(t, words);
    assert.deepEqual([end.code, end.stdout], [2, ""]);
    assert.match(end.stderr, says);
  });
}

for (const word of ["status", "get"]) {
  test(`${word} leads to what can be known of a status`, async (t) => {
    const end = await run(t, [word, SOURCE]);
    assert.equal(end.code, 2);
    assert.match(end.stderr, /the Push API sets it and does not read it/);
    assert.match(end.stderr, /push-source-status statuses/);
  });
}

test("statuses prints the table, and that the Push API cannot read a status", async (t) => {
  const { code, stdout, stderr } = await run(t, ["statuses"]);
  assert.deepEqual([code, stderr], [0, ""]);
  const flat = stdout.replace(/\s+/g, " ");
  for (const { statusType, consoleName, cost, setWhen } of statuses()) {
    assert.match(stdout, new RegExp(`^${statusType} +${consoleName} +${cost ?? "-"} `, "m"));
    for (const word of setWhen.split(" ")) assert.ok(flat.includes(word), word);
  }
  assert.match(flat, /the Push API sets it and does not read it/);
  for (const line of stdout.split("\n")) assert.ok(line.length <= 80, line);
});

test("statuses --json prints a status a line", async (t) => {
  const { stdout } = await run(t, ["statuses", "--json"]);
  assert.deepEqual(
    stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
    statuses(),
  );
});

test("colour on a terminal alone, and not with NO_COLOR or on a dumb one", { skip }, async (t) => {
  const shown = async (env) => (await startInTerminal(t, ["statuses"], { env }).ended).stdout;
  const ESC = "\x1b";
  assert.ok((await shown({})).includes(`${ESC}[1mREBUILD`));
  for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }]) assert.ok(!(await shown(env)).includes(ESC));
  assert.ok(!(await run(t, ["statuses"])).stdout.includes(ESC));
});

test("a reader that has had enough is no failure", async () => {
  const child = spawn("sh", ["-c", `{ '${process.execPath}' '${BIN}' statuses; echo "$?" >&2; } | true`]);
  assert.equal(await text(child.stderr), "0\n");
});

test("run says that it is for POSIX systems where it is not on one", async (t) => {
  const asWindows = "data:text/javascript,Object.defineProperty(process,%22platform%22,{value:%22win32%22})";
  const args = ["run", "REBUILD", "--source", SOURCE, "--", "true"];
  const end = await run(t, args, { env: { NODE_OPTIONS: `--import ${asWindows}` } });
  assert.equal(end.code, 125);
  assert.match(end.stderr, /run is for POSIX systems/);
});
