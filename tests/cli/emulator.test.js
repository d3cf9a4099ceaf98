import assert from "node:assert/strict";
import { test } from "node:test";

import { freePort } from "../faults/port.js";
import { ORGANIZATION, run, SOURCE, start } from "./command-line.js";

test("emulator prints its endpoint and each request as it comes, the token masked; TERM ends it well", async (t) => {
  const port = await freePort();
  const emulator = start(t, ["emulator", "--port", String(port)]);
  await emulator.says(new RegExp(`listens at http://127\\.0\\.0\\.1:${port}/push/v1\n`));
  const server = { endpoint: `http://127.0.0.1:${port}/push/v1` };
  assert.equal((await run(t, ["set", "REFRESH", "--source", SOURCE], { server })).code, 0);
  await emulator.says(new RegExp(`^\\d\\d:\\d\\d:\\d\\d {2}201 {2}REFRESH {6}${SOURCE}\n`, "m"));
  await fetch(
    `${server.endpoint}/organizations/a/sources/b/documents?token=xx5eaf00d5-7e57-4c0d-9abe-0ddba11f00d5`,
  );
  await emulator.says(/ {2}501 {2}GET \/push\/v1\/organizations\/a\/sources\/b\/documents\?token=\*{4}\n/);
  emulator.signal("SIGTERM");
  assert.equal((await emulator.ended).code, 0);
});

test("emulator --json: one event a line, the endpoint first", async (t) => {
  const emulator = start(t, ["emulator", "--json"]);
  await emulator.says(/\n/);
  const { type, endpoint } = JSON.parse(emulator.stdout);
  assert.equal(type, "listening");
  assert.equal((await run(t, ["set", "IDLE", "--source", SOURCE], { server: { endpoint } })).code, 0);
  await emulator.says(/"type":"request".*\n/);
  const request = JSON.parse(emulator.stdout.split("\n")[1]);
  assert.deepEqual(
    [request.organizationId, request.sourceId, request.statusType, request.httpStatus],
    [ORGANIZATION, SOURCE, "IDLE", 201],
  );
  emulator.signal("SIGINT");
  assert.equal((await emulator.ended).code, 0);
});

test("emulator --control lets other programs plan faults", async (t) => {
  const emulator = start(t, ["emulator", "--control", "--json"]);
  await emulator.says(/\n/);
  const { endpoint, controlUrl } = JSON.parse(emulator.stdout);
  await fetch(`${controlUrl}/faults`, { method: "POST", body: '{"next":{"status":404}}' });
  assert.equal((await run(t, ["set", "IDLE", "--source", SOURCE], { server: { endpoint } })).code, 1);
});

test("emulator on a port that is taken: 2, and what to do", async (t) => {
  const first = start(t, ["emulator", "--json"]);
  await first.says(/\n/);
  const { port } = new URL(JSON.parse(first.stdout).endpoint);
  const second = await run(t, ["emulator", "--port", port]);
  assert.equal(second.code, 2);
  assert.match(second.stderr, new RegExp(`port ${port} is taken`));
});

test("what a request says cannot steer the terminal", async (t) => {
  const emulator = start(t, ["emulator"]);
  await emulator.says(/listens at (\S+)\n/);
  const [, endpoint] = /listens at (\S+)/.exec(emulator.stdout);
  await fetch(`${endpoint}/organizations/a/sources/b%1b%5b2J/status?statusType=IDLE`, { method: "POST" });
  await emulator.says(/401 {2}IDLE .*b\ufffd\[2J\n/);
  emulator.signal("SIGTERM");
  await emulator.ended;
});
