import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { around, run, SOURCE, statusesOf, TOKEN } from "./command-line.js";

/** Tokens from pipes. */

const setIdle = ["set", "IDLE", "--source", SOURCE];
const env = { COVEO_ACCESS_TOKEN: undefined };
const unauthenticated = reply({ status: 401, body: '{"errorCode":"INVALID_TOKEN","message":"expired"}' });

/** Makes a named pipe into which a process writes the token once. */
function tokenPipe(t) {
  const folder = mkdtempSync(join(tmpdir(), "token-pipe-"));
  const path = join(folder, "pipe");
  execFileSync("mkfifo", [path]);
  const writer = spawn("sh", ["-c", `printf '%s\\n' "$TOKEN" > '${path}'`], { env: { TOKEN } });
  t.after(() => {
    writer.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });
  return path;
}

test("row 65: a named pipe gives the token once: after a 401 nobody waits for another, and the command ends", async (t) => {
  const server = await startFaultServer(t, [unauthenticated]);
  const end = await run(t, [...setIdle, "--token-file", tokenPipe(t)], { server, env });
  assert.deepEqual([end.code, end.signal], [1, null]);
  assert.match(end.stderr, /401 INVALID_TOKEN/);
  assert.equal(server.requests[0].header("authorization"), `Bearer ${TOKEN}`);
});

test("row 65: a run whose token came from a named pipe ends after a 401 on IDLE: 75", async (t) => {
  const server = await startFaultServer(t, [reply(), unauthenticated]);
  const end = await run(t, around("exit 0", "--token-file", tokenPipe(t)), { server, env });
  assert.deepEqual([end.code, end.signal], [75, null]);
  assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
});

for (const file of ["/dev/fd/0", "/proc/self/fd/0", "/dev/stdin", "-"]) {
  test(`row 65: ${file} is the standard input: for set a token, for a program's own run refused`, async (t) => {
    const server = await startFaultServer(t, [reply()]);
    const options = { server, env, input: `${TOKEN}\n` };
    const set = await run(t, [...setIdle, "--token-file", file], options);
    assert.equal(set.code, 0, set.stderr);
    const refused = await run(t, around("true", "--token-file", file), options);
    assert.equal(refused.code, 125);
    assert.match(refused.stderr, /would read the standard input, which is read by the program/);
    const both = await run(t, ["set", "IDLE", "--sources-file", file, "--token-file", "-"], options);
    assert.match(both.stderr, /which is read by --sources-file/);
  });
}
