import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { around, ORGANIZATION, run, SOURCE, statusesOf } from "./command-line.js";

const folder = mkdtempSync(join(tmpdir(), "push-source-status-run-"));
after(() => rmSync(folder, { recursive: true }));

const refused = reply({ status: 403, body: '{"errorCode":"ACCESS_DENIED","message":"no"}' });

test("a program that succeeds: 0, active and then IDLE, and not a word off a terminal", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const end = await run(t, around("exit 0"), { server });
  assert.deepEqual(end, { code: 0, signal: null, stdout: "", stderr: "" });
  assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
});

for (const code of [1, 3, 75, 125, 255]) {
  test(`a program that exits with ${code}: the same code, IDLE, and not a word`, async (t) => {
    const server = await startFaultServer(t, [reply(), reply()]);
    const end = await run(t, around(`exit ${code}`), { server });
    assert.deepEqual(end, { code, signal: null, stdout: "", stderr: "" });
    assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
  });
}

for (const [signal, code] of [
  ["KILL", 137],
  ["TERM", 143],
  ["SEGV", 139],
]) {
  test(`a program that ${signal} ended: ${code}, and IDLE`, async (t) => {
    const server = await startFaultServer(t, [reply(), reply()]);
    const end = await run(t, around(`kill -${signal} $$`), { server });
    assert.equal(end.code, code);
    assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
  });
}

test("a program that is not found: 127, and nothing is sent", async (t) => {
  const server = await startFaultServer(t, []);
  for (const name of ["no-such-program", "/no/such/program", "./no-such-program", ""]) {
    const end = await run(t, ["run", "REBUILD", "--source", SOURCE, "--", name], { server });
    assert.equal(end.code, 127, end.stderr);
    assert.match(end.stderr, /there is no program/);
  }
});

test("a folder of PATH that cannot be searched is passed over, as a shell does", async (t) => {
  const loop = join(folder, "loop");
  symlinkSync(loop, loop);
  const server = await startFaultServer(t, [reply(), reply()]);
  const env = { PATH: `${loop}:${process.env.PATH}` };
  const end = await run(t, ["run", "REBUILD", "--source", SOURCE, "--", "true"], { server, env });
  assert.deepEqual(end, { code: 0, signal: null, stdout: "", stderr: "" });
});

test("a file that is not executable, and a folder: 126, and nothing is sent", async (t) => {
  const server = await startFaultServer(t, []);
  const file = join(folder, "not-executable");
  writeFileSync(file, "#!/bin/sh\n");
  for (const name of [file, folder]) {
    const end = await run(t, ["run", "REBUILD", "--source", SOURCE, "--", name], { server });
    assert.equal(end.code, 126, end.stderr);
    assert.match(end.stderr, /is not executable/);
  }
  const named = ["run", "REBUILD", "--source", SOURCE, "--", "not-executable"];
  assert.equal((await run(t, named, { server, env: { PATH: `${folder}:${process.env.PATH}` } })).code, 126);
});

test("a program that the system refuses after all: 126, and the source is set back to IDLE", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const file = join(folder, "no-interpreter");
  writeFileSync(file, "#!/bin/sh\r\n");
  chmodSync(file, 0o755);
  const end = await run(t, ["run", "REBUILD", "--source", SOURCE, "--", file], { server });
  assert.ok([126, 127].includes(end.code), `${end.code}`);
  assert.match(end.stderr, /could not be started \(ENOENT\); check the program that its #! line names/);
  assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
});

test("the program is found by PATH, and sees the status and the source", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const file = join(folder, "a-connector");
  writeFileSync(file, '#!/bin/sh\necho "$0 $1 $PUSH_SOURCE_STATUS $PUSH_SOURCE_ID"\n');
  chmodSync(file, 0o755);
  const args = ["run", "REFRESH", "--source", SOURCE, "--", "a-connector", "--help"];
  const end = await run(t, args, { server, env: { PATH: `${folder}:${process.env.PATH}` } });
  assert.equal(end.code, 0, end.stderr);
  assert.equal(end.stdout, `${file} --help REFRESH ${SOURCE}\n`);
});

test("the program sees the name that was given, not the path that was found", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const args = ["run", "REBUILD", "--source", SOURCE, "--", "node", "--print", "process.argv0"];
  const env = { PATH: `${dirname(process.execPath)}:${process.env.PATH}` };
  assert.equal((await run(t, args, { server, env })).stdout, "node\n");
});

test("no shell is in between: words arrive as they were given", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const words = ["$HOME", "a b", "'\"", "*", "", "--json", "--", "\n", "-q"];
  const script = "console.log(JSON.stringify(process.argv.slice(1)))";
  const args = [
    "run",
    "REBUILD",
    "--source",
    SOURCE,
    "--",
    process.execPath,
    "--eval",
    script,
    "--",
    ...words,
  ];
  const end = await run(t, args, { server });
  assert.deepEqual(JSON.parse(end.stdout), words);
});

test("an active status that is refused: 125, the program does not start, and no IDLE follows", async (t) => {
  const server = await startFaultServer(t, [refused]);
  const end = await run(t, around("echo started"), { server });
  assert.equal(end.code, 125);
  assert.equal(end.stdout, "");
  assert.match(end.stderr, /^push-source-status: the program was not started: .*403 ACCESS_DENIED.*\n$/);
});

test("an active status that may have been applied: 125, and IDLE", async (t) => {
  const unsure = reply({ status: 500 });
  const server = await startFaultServer(t, [unsure, refused, reply()]);
  const end = await run(t, around("echo started"), { server });
  assert.deepEqual([end.code, end.stdout], [125, ""]);
  assert.deepEqual(statusesOf(server), ["REBUILD", "REBUILD", "IDLE"]);
});

const repair = (server) =>
  `push-source-status set IDLE --source ${SOURCE} --organization ${ORGANIZATION} --endpoint ${server.endpoint}`;

const leftActive = (server) => `push-source-status: LEFT ACTIVE: ${SOURCE}: ${repair(server)}\n`;

test("the program succeeds and IDLE cannot be set: 75, why, and a line that is always the same, with the command that repairs it", async (t) => {
  const server = await startFaultServer(t, [reply(), refused, reply()]);
  const end = await run(t, around("exit 0"), { server });
  assert.equal(end.code, 75);
  const [why, ...rest] = end.stderr.split(/(?<=\n)/);
  assert.match(
    why,
    new RegExp(`^push-source-status: ${SOURCE}: the source was left active: the service answered 403`),
  );
  assert.deepEqual(rest, [leftActive(server)]);

  const words = repair(server).split(" ").slice(1);
  const repaired = await run(t, words, { env: { COVEO_ORGANIZATION_ID: undefined, COVEO_REGION: "eu" } });
  assert.deepEqual([repaired.code, repaired.stderr], [0, ""]);
  assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE", "IDLE"]);
});

test("the program fails and IDLE cannot be set: the program's code, and the line all the same", async (t) => {
  const server = await startFaultServer(t, [reply(), refused]);
  const end = await run(t, around("exit 3"), { server });
  assert.equal(end.code, 3);
  assert.ok(end.stderr.endsWith(leftActive(server)), end.stderr);
});

for (const [what, args] of Object.entries({
  "no program": ["run", "REBUILD", "--source", SOURCE],
  "a program without --": ["run", "REBUILD", "--source", SOURCE, "sh"],
  "no status": ["run", "--source", SOURCE, "--", "sh"],
  "the status IDLE": ["run", "IDLE", "--source", SOURCE, "--", "sh"],
  "the console's word": ["run", "Rescan", "--source", SOURCE, "--", "sh"],
  "a bad id": ["run", "REBUILD", "--source", SOURCE, "--source", "a/b", "--", "sh"],
  "a flag that is not known": ["run", "REBUILD", "--sorce", SOURCE, "--", "sh"],
  "a grace that is no time": around("", "--grace", "soon"),
  "a time for the tries that is none": around("", "--activation-timeout", "soon"),
  "a grace that no timer can count": around("", "--grace", "1000h"),
  "a way on that is not known": around("", "--on-activation-failure", "retry"),
  "another run that is not known how to meet": around("", "--if-running", "kill"),
  "a journal and none": around("", "--journal", "/tmp", "--no-journal"),
  "a token from the standard input, which the program reads": around("", "--token-file", "-"),
  "the same by its path": around("", "--token-file", "/dev/stdin"),
  "a token file that is missing": around("", "--token-file", "/no/such/file"),
  "a region and an endpoint": around("", "--region", "eu", "--endpoint", "http://127.0.0.1:1/v1"),
})) {
  test(`usage: ${what}: 125, and nothing is sent`, async (t) => {
    const server = await startFaultServer(t, []);
    const end = await run(t, args, { server, input: "" });
    assert.equal(end.code, 125, end.stderr);
    assert.equal(end.stdout, "");
    assert.match(end.stderr, /^push-source-status: /);
  });
}
