import assert from "node:assert/strict";
import { mkdirSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { startFaultServer } from "../faults/server.js";
import { temporaryFolder } from "../journal/sample.js";
import { around, ORGANIZATION, run, SOURCE } from "./command-line.js";

test("--dry-run prints what would be sent and started, and does nothing; it needs no token", async (t) => {
  const server = await startFaultServer(t, []);
  const folder = temporaryFolder(t);
  mkdirSync(folder);
  const env = { COVEO_ACCESS_TOKEN: undefined, XDG_STATE_HOME: folder };
  const flags = ["--dry-run", "--events-file", `${folder}/events`];
  const { code, stdout } = await run(t, around("touch it's", ...flags), { server, env });
  const url = (status) =>
    `POST ${server.endpoint}/organizations/${ORGANIZATION}/sources/${SOURCE}/status?statusType=${status}\n`;
  assert.equal(code, 0);
  const program = /^ {2}\/\S*sh -c 'touch it'\\''s'\n/m;
  assert.match(stdout, program);
  assert.equal(
    stdout.replace(program, "PROGRAM\n"),
    `${url("REBUILD")}PROGRAM\n${url("IDLE")}\nA dry run: nothing was sent, and nothing was started.\n`,
  );
  assert.deepEqual(readdirSync(folder), []);
});

test("--dry-run --json, of several sources: each request, and the program between them", async (t) => {
  const server = await startFaultServer(t, []);
  const args = ["run", "REFRESH", "--source", "a", "--source", "b", "--dry-run", "--json", "--", "sh", "x"];
  const { code, stdout } = await run(t, args, { server });
  assert.equal(code, 0);
  const events = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const told = events.map(({ type, sourceId, url, commandLine }) =>
    type === "request" ? `${sourceId} ${new URL(url).searchParams.get("statusType")}` : commandLine.join(" "),
  );
  assert.deepEqual(told, ["a REFRESH", "b REFRESH", "sh x", "a IDLE", "b IDLE"]);
});

test("--dry-run of a program that is not there: 127", async (t) => {
  const server = await startFaultServer(t, []);
  const end = await run(t, ["run", "REBUILD", "--source", SOURCE, "--dry-run", "--", "no-such-program"], {
    server,
  });
  assert.equal(end.code, 127);
});
