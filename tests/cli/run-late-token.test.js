import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply, stall } from "../faults/steps.js";
import { around, SOURCE, start, statusesOf, TOKEN } from "./command-line.js";

const unauthenticated = reply({ status: 401, body: '{"errorCode":"INVALID_TOKEN","message":"expired"}' });
const renewed = `${TOKEN}-renewed`;

/** Starts a run whose token comes from a file that is written again later. */
async function startWithFile(t, steps, { flags = [], sources = [SOURCE] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "push-source-status-late-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "token");
  const write = (token) => writeFileSync(file, `${token}\n`);
  write(TOKEN);
  const server = await startFaultServer(t, steps);
  const [own, program] = [around("echo started").slice(0, 2), around("echo started").slice(4)];
  const given = sources.flatMap((id) => ["--source", id]);
  const args = [...own, ...given, "--token-file", file, "--json", ...flags, ...program];
  const command = start(t, args, { server, env: { COVEO_ACCESS_TOKEN: undefined }, secret: TOKEN });
  return { server, command, write };
}

const tokensAt = (server) =>
  server.requests.map((entry) => entry.header("authorization").replace("Bearer ", ""));

test("row 65: a token file renewed some time after the 401: IDLE is set once it has changed", async (t) => {
  const { server, command, write } = await startWithFile(t, [reply(), unauthenticated, reply()]);
  await command.says(/"type":"awaiting_token"/);
  assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
  write(renewed);
  const end = await command.ended;
  assert.deepEqual([end.code, end.stdout], [0, "started\n"]);
  assert.deepEqual(tokensAt(server), [TOKEN, TOKEN, renewed]);
  assert.doesNotMatch(end.stderr, /"type":"left_active"/);
});

test("row 65: renewed to one that is refused too, and then to another one; several sources", async (t) => {
  const of = (...steps) => [reply(), unauthenticated, ...steps, unauthenticated, reply()];
  const { server, command, write } = await startWithFile(t, { a: of(), b: of() }, { sources: ["a", "b"] });
  await command.says(/"type":"awaiting_token"/);
  write(`${TOKEN}-other`);
  await server.received(6);
  write(renewed);
  assert.equal((await command.ended).code, 0);
});

test("row 65: IDLE with the renewed token has what is left of the close timeout", async (t) => {
  const throttled = reply({ status: 429, headers: { "retry-after": "2" } });
  const steps = [reply(), unauthenticated, throttled, reply()];
  const { command, write } = await startWithFile(t, steps, { flags: ["--activation-timeout", "1s"] });
  await command.says(/"type":"awaiting_token"/);
  write(renewed);
  assert.equal((await command.ended).code, 0);
});

test("row 65: a stop signal ends the wait: 75, and the source is named", async (t) => {
  const { server, command } = await startWithFile(t, [reply(), unauthenticated]);
  await command.says(/"type":"awaiting_token"/);
  command.signal("SIGTERM");
  const end = await command.ended;
  assert.equal(end.code, 75);
  assert.match(end.stderr, /"type":"left_active"/);
  assert.equal(server.requests.length, 2);
});

test("row 65: a stop signal that came before leaves nothing to wait for", async (t) => {
  const { command } = await startWithFile(t, [stall(), unauthenticated]);
  await command.says(/"type":"attempt"/);
  command.signal("SIGTERM");
  const end = await command.ended;
  assert.equal(end.code, 143);
  assert.doesNotMatch(end.stderr, /awaiting_token/);
});

test("row 65: a second INT while the renewed token is tried: IDLE has 5 s, by another client", async (t) => {
  const steps = [reply(), unauthenticated, stall(), reply()];
  const { server, command, write } = await startWithFile(t, steps);
  await command.says(/"type":"awaiting_token"/);
  write(renewed);
  await server.received(3);
  command.signal("SIGINT");
  await command.says(/"type":"stopping"/);
  command.signal("SIGINT");
  assert.equal((await command.ended).code, 0);
});
