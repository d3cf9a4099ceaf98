import assert from "node:assert/strict";
import { test } from "node:test";

import { freePort } from "../faults/port.js";
import { ORGANIZATION, run, SOURCE, start, TOKEN } from "./command-line.js";

test("emulator prints its endpoint and each request as it comes, the token masked; TERM ends it well", async (t) => {
  const port = await freePort();
  const emulator = start(t, ["emulator", "--port", String(port)]);
  await emulator.says(new RegExp(`listens at http://127\\.0\\.0\\.1:${port}/push/v1\n`));
  const server = { endpoint: `http://127.0.0.1:${port}/push/v1` };
  assert.equal((await run(t, ["set", "REFRESH", "--source", SOURCE], { server })).code, 0);
  await emulator.says(new RegExp(`^\\d\\d:\\d\\d:\\d\\d {2}201 {2}REFRESH {6}${SOURCE}\n`, "m"));
  await fetch(
    `${server.endpoint}/organizations/a/sources/b/permissions?token=xx5eaf00d5-7e57-4c0d-9abe-0ddba11f00d5`,
  );
  await emulator.says(/ {2}501 {2}GET \/push\/v1\/organizations\/a\/sources\/b\/permissions\?token=\*{4}\n/);
  await fetch(`${server.endpoint}/organizations/a/sources/b/documents?documentId=c`, {
    method: "DELETE",
    headers: { Authorization: "Bearer t" },
  });
  await emulator.says(/ {2}202 {2}delete-document {2}b {2}\(outside any activity\)\n/);
  await fetch(`${server.endpoint}/organizations/a/files`, { method: "POST" });
  await emulator.says(/ {2}401 {2}create-file\n/);
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

test("emulator -q prints the endpoint alone, and nothing of what comes", async (t) => {
  const emulator = start(t, ["emulator", "-q", "--control"]);
  await emulator.says(/\n/);
  const endpoint = emulator.stdout.trim();
  assert.equal((await run(t, ["set", "IDLE", "--source", SOURCE], { server: { endpoint } })).code, 0);
  emulator.signal("SIGTERM");
  const { code, stdout, stderr } = await emulator.ended;
  assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  assert.match(stdout, /^http:\/\/127\.0\.0\.1:\d+\/push\/v1\n$/);
});

test("emulator: what is named exists, and nothing else; tokens that are named are masked", async (t) => {
  const named = [
    "--organization",
    "one",
    "--organization",
    ORGANIZATION,
    "--source",
    SOURCE,
    "--source",
    "two",
  ];
  const emulator = start(t, ["emulator", "--json", ...named, "--accept-token", TOKEN, "--accept-token", "t"]);
  await emulator.says(/\n/);
  const server = { endpoint: JSON.parse(emulator.stdout).endpoint };
  const set = (source, env) => run(t, ["set", "IDLE", "--source", source], { server, env });
  assert.equal((await set(SOURCE)).code, 0);
  assert.equal((await set("two", { COVEO_ACCESS_TOKEN: "t", COVEO_ORGANIZATION_ID: "one" })).code, 0);
  assert.match((await set("three")).stderr, /404/);
  assert.match((await set(SOURCE, { COVEO_ORGANIZATION_ID: "three" })).stderr, /404/);
  assert.match((await set(SOURCE, { COVEO_ACCESS_TOKEN: "another" })).stderr, /401/);
  await fetch(`${server.endpoint}/organizations/${ORGANIZATION}/sources/${SOURCE}/${TOKEN}`);
  await emulator.says(/\/\*{4}"/);
  emulator.signal("SIGTERM");
  await emulator.ended;
});

test("emulator --host: reached at another address, or said what is wrong with it", async (t) => {
  const emulator = start(t, ["emulator", "-q", "--host", "0.0.0.0"]);
  await emulator.says(/\n/);
  const { port } = new URL(emulator.stdout.trim());
  const server = { endpoint: `http://127.0.0.1:${port}/push/v1` };
  assert.equal((await run(t, ["set", "IDLE", "--source", SOURCE], { server })).code, 0);
  const elsewhere = await run(t, ["emulator", "--host", "192.0.2.1"]);
  assert.deepEqual([elsewhere.code, elsewhere.stdout], [2, ""]);
  assert.match(elsewhere.stderr, /--host 192\.0\.2\.1 is no address of this machine/);
});

test("emulator: an id or a token that is empty is a slip of a script, and refused", async (t) => {
  for (const flag of ["organization", "source", "accept-token"]) {
    const end = await run(t, ["emulator", `--${flag}=`]);
    assert.equal(end.code, 2);
    assert.match(end.stderr, /one of the (organizations|sources|tokens) is empty/);
  }
});

test("emulator on a port that is taken: 1, as with page, and what to do", async (t) => {
  const first = start(t, ["emulator", "--json"]);
  await first.says(/\n/);
  const { port } = new URL(JSON.parse(first.stdout).endpoint);
  const second = await run(t, ["emulator", "--port", port]);
  assert.equal(second.code, 1);
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
