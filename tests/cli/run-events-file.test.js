import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { temporaryFolder } from "../journal/sample.js";
import { around, run, start, TOKEN } from "./command-line.js";

async function startPlace(t, steps) {
  const folder = temporaryFolder(t);
  mkdirSync(folder);
  return { server: await startFaultServer(t, steps), file: join(folder, "events") };
}

const eventsIn = (file) =>
  readFileSync(file, "utf8")
    .split(/(?<=\n)/)
    .map((line) => JSON.parse(line));

test("--events-file appends each event as a line, and the streams say what they say without it", async (t) => {
  const { server, file } = await startPlace(t, [reply(), reply(), reply(), reply()]);
  const end = await run(t, around("echo started", "--events-file", file), { server });
  assert.deepEqual(end, { code: 0, signal: null, stdout: "started\n", stderr: "" });
  const types = [
    ...["attempt", "reply", "done", "activity_started"],
    ...["program_started", "program_ended"],
    ...["attempt", "reply", "done", "activity_ended"],
  ];
  assert.deepEqual(
    eventsIn(file).map(({ type }) => type),
    types,
  );
  await run(t, around("exit 3", "--events-file", file, "--quiet"), { server });
  const events = eventsIn(file);
  assert.deepEqual(
    events.map(({ type }) => type),
    [...types, ...types],
  );
  assert.equal(events.findLast(({ type }) => type === "program_ended").exitCode, 3);
  for (const { at } of events) assert.ok(Math.abs(at - Date.now()) < 3_600_000);
});

test("--events-file has what came before a kill", async (t) => {
  const { server, file } = await startPlace(t, [reply()]);
  const command = start(t, around("echo ready; exec sleep 60", "--events-file", file), { server });
  await command.says(/ready/);
  command.signal("SIGKILL");
  assert.ok(eventsIn(file).some(({ type }) => type === "done"));
});

test("--events-file holds no token, though the service repeats it", async (t) => {
  const body = JSON.stringify({ errorCode: "ACCESS_DENIED", message: `the key ${TOKEN} may not` });
  const { server, file } = await startPlace(t, [reply({ status: 403, body })]);
  assert.equal((await run(t, around("true", "--events-file", file), { server })).code, 125);
  const text = readFileSync(file, "utf8");
  assert.ok(!text.includes(TOKEN));
  assert.match(text, /"type":"not_started"/);
});

test("--events-file that cannot be written: 125, and nothing is sent", async (t) => {
  const { server, file } = await startPlace(t, []);
  execFileSync("mkfifo", [`${file}-pipe`]);
  for (const path of ["/no/such/folder/file", `${file}-pipe`]) {
    const end = await run(t, around("echo started", "--events-file", path), { server });
    assert.deepEqual([end.code, end.stdout], [125, ""]);
    assert.match(end.stderr, /the events file .* cannot be written \(E[A-Z]+\)/);
  }
});

test("--events-file on a disk that is full: said once, and the work is done", {
  skip: process.platform !== "linux" && "there is no /dev/full",
}, async (t) => {
  const { server } = await startPlace(t, [reply(), reply()]);
  const { code, stdout, stderr } = await run(t, around("echo started", "--events-file", "/dev/full"), {
    server,
  });
  assert.deepEqual([code, stdout], [0, "started\n"]);
  assert.match(stderr, /^push-source-status: the events file cannot be written: ENOSPC[^\n]*\n$/);
});
