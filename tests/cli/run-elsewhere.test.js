import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { temporaryFolder } from "../journal/sample.js";
import { around, run, start, statusesOf } from "./command-line.js";
import { works } from "./processes.js";

/** Leaves the record of a run that was killed in another container, in a journal on a volume. */
async function leaveFromElsewhere(t, steps, flags) {
  const server = await startFaultServer(t, steps);
  const directory = temporaryFolder(t);
  const options = { server, env: { PUSH_SOURCE_STATUS_JOURNAL: directory } };
  const command = start(t, around("echo works; exec sleep 600", ...flags), options);
  await command.says(/works/);
  process.kill(command.pid, "SIGKILL");
  while (works(command.pid)) await new Promise((resolve) => setTimeout(resolve, 10));
  // The kill may leave an unfinished file.
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter(
    (file) => file.isFile() && !file.name.includes(".tmp-"),
  );
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name);
    const record = JSON.parse(readFileSync(path, "utf8"));
    Object.assign(record.owner, { host: "another", boot: "another", machine: "another" });
    writeFileSync(path, JSON.stringify(record));
  }
  return { server, run: (...more) => run(t, around("echo started", ...more), options) };
}

test("row 67: a run of another container that cannot be judged: 73, and that is said", async (t) => {
  const place = await leaveFromElsewhere(t, [reply(), reply(), reply()], []);
  const { code, stdout, stderr } = await place.run();
  assert.deepEqual([code, stdout], [73, ""]);
  assert.match(stderr, /process \d+ on another, .*; whether it is still there cannot be told from here/);
  const allowed = await place.run("--if-running", "allow");
  assert.deepEqual([allowed.code, allowed.stdout], [0, "started\n"]);
  assert.deepEqual(statusesOf(place.server), ["REBUILD", "REBUILD", "IDLE"]);
});

test("row 66: --owner says that the two never run at once: what the other one left is closed", async (t) => {
  const steps = [reply(), reply(), reply(), reply()];
  const place = await leaveFromElsewhere(t, steps, ["--owner", "nightly"]);
  assert.equal((await place.run("--owner", "hourly")).code, 73);
  const { code, stdout, stderr } = await place.run("--owner", "nightly");
  assert.deepEqual([code, stdout], [0, "started\n"]);
  assert.match(stderr, /was killed, process \d+ on another, .*: IDLE is set first\n$/);
  assert.deepEqual(statusesOf(place.server), ["REBUILD", "IDLE", "REBUILD", "IDLE"]);
});
