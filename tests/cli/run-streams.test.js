import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { closeSync, constants, existsSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer, text } from "node:stream/consumers";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { around, BIN, environment, start } from "./command-line.js";

const { O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

/** A program that copies its input to both of its outputs. */
const echoing = "process.stdin.pipe(process.stdout); process.stdin.pipe(process.stderr);";

test("bytes of every kind pass both ways, on both streams, whole and unchanged", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const sent = randomBytes(3_000_000);
  const child = raw(t, server, `exec '${process.execPath}' --eval "${echoing}"`);
  child.stdin.end(sent);
  const [stdout, stderr] = await Promise.all([buffer(child.stdout), buffer(child.stderr)]);
  assert.ok(stdout.equals(sent), `${stdout.length} bytes on standard output`);
  assert.ok(stderr.equals(sent), `${stderr.length} bytes on standard error`);
});

test("the program's standard input ends when ours does, and not before", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const child = raw(t, server, "read a && echo got $a && read b || echo ended");
  child.stdin.write("first\n");
  let stdout = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    stdout += chunk;
    if (stdout === "got first\n") child.stdin.end();
  }
  assert.equal(stdout, "got first\nended\n");
});

test("our words leave the mode of the program's streams alone", {
  skip: !existsSync("/proc/self/fdinfo"),
}, async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const flags = "grep -h flags /proc/self/fdinfo/0 /proc/self/fdinfo/1 /proc/self/fdinfo/2";
  const script = `trap 'sleep 0.3; ${flags}; exit 0' TERM; echo ready; while :; do sleep 0.02; done`;
  const command = start(t, around(script), { server });
  await command.says(/ready/);
  command.signal("SIGTERM");
  const end = await command.ended;
  assert.match(end.stderr, /TERM: the program has 5 s/);
  const modes = [...end.stdout.matchAll(/^flags:\s+([0-7]+)$/gm)].map(([, mode]) => Number.parseInt(mode, 8));
  assert.equal(modes.length, 3, end.stdout);
  const NON_BLOCKING = 0o4000;
  for (const mode of modes) assert.equal(mode & NON_BLOCKING, 0, "the stream was switched to non-blocking");
});

test("nobody is there to read our words: IDLE is set all the same", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const child = raw(t, server, "echo ready; exec sleep 30");
  await once(child.stdout, "data");
  child.stderr.destroy();
  child.kill("SIGTERM");
  const [code] = await once(child, "exit");
  assert.equal(code, 143);
  assert.equal(server.requests.at(-1).statusType, "IDLE");
});

test("somebody is there to read our words, and does not: IDLE is set all the same", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const child = raw(t, server, "head -c 3000000 /dev/zero >&2 & echo ready; exec sleep 30");
  await once(child.stdout, "data");
  // Until the pipe is full.
  while (child.stderr.readableLength === 0) await sleep(10);
  await sleep(400);
  child.kill("SIGTERM");
  assert.equal((await server.received(2)).statusType, "IDLE");
  const words = text(child.stderr);
  assert.deepEqual(await once(child, "exit"), [143, null]);
  assert.match(await words, /TERM: the program has 5 s/);
});

test("the program starts when what was said before it has been written", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const { read, ended } = startWithFullPipe(t, server);
  await server.received(1);
  await sleep(300);
  const words = read();
  await server.received(2);
  assert.ok(server.gap(1, 2) >= 250, `${server.gap(1, 2)} ms`);
  assert.deepEqual(await ended, [0, null]);
  assert.match(await words, /"type":"done".*"type":"program_started"/s);
});

test("nobody reads what was said: the program starts all the same, a second later", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  startWithFullPipe(t, server);
  await server.received(2);
  const gapMs = server.gap(1, 2);
  assert.ok(gapMs >= 900, `${gapMs} ms`);
});

test("a signal while what was said waits to be written: the program is not started, and IDLE", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const { child, read, ended } = startWithFullPipe(t, server);
  await server.received(1);
  await sleep(100);
  child.kill("SIGTERM");
  assert.equal((await server.received(2)).statusType, "IDLE");
  const words = read();
  const [code] = await ended;
  const events = [...(await words).matchAll(/^.*(\{"type".*\})$/gm)].map(([, event]) => JSON.parse(event));
  const [set, started] = ["done", "program_started"].map((name) => events.find(({ type }) => type === name));
  // On a slow machine, the second in which the output waits may be over when the signal comes.
  if (started) assert.ok(started.at - set.at >= 900, `${started.at - set.at} ms`);
  else assert.equal(code, 143);
});

/** Starts a run whose output goes to a pipe that is full until the test reads it. */
function startWithFullPipe(t, server) {
  const folder = mkdtempSync(join(tmpdir(), "full-pipe-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "pipe");
  execFileSync("mkfifo", [path]);
  const [exit, entry, filler] = [O_RDONLY | O_NONBLOCK, O_WRONLY, O_WRONLY | O_NONBLOCK].map((flags) =>
    openSync(path, flags),
  );
  fill(filler);
  const { child, ended } = spawned(t, server, around("true", "--json"), ["ignore", "ignore", entry]);
  for (const end of [entry, filler]) closeSync(end);
  return { child, ended, read: () => text(new Socket({ fd: exit, writable: false })) };
}

function fill(pipe) {
  try {
    for (;;) writeSync(pipe, Buffer.alloc(4096));
  } catch (error) {
    assert.equal(error.code, "EAGAIN");
  }
}

/** Starts a run whose streams only the test reads. */
function raw(t, server, script) {
  return spawned(t, server, around(script)).child;
}

function spawned(t, server, args, stdio) {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: environment(server),
    detached: true,
    stdio,
  });
  const ended = once(child, "exit");
  t.after(async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGKILL");
    await ended;
  });
  return { child, ended };
}
