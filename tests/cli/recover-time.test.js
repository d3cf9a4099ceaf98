import assert from "node:assert/strict";
import { test } from "node:test";

import { startEmulator } from "push-source-status/emulator";
import { until } from "../browser/patience.js";
import { freePort } from "../faults/port.js";
import { logOf } from "../journal/service.js";
import { linesOf, Night } from "./night.js";

test("recover: it goes on trying until the network is there", async (t) => {
  const night = await Night.begin(t);
  await night.killed("source");
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}/push/v1`;
  night.moveTo(endpoint);
  const recover = night.start(["recover", "--all", "--json"], { env: { COVEO_ENDPOINT: endpoint } });
  await recover.says(/"type":"retry".*\n.*"type":"retry"/s);
  const late = await startEmulator({ port });
  t.after(() => late.close());
  const { code, stdout } = await recover.ended;
  assert.equal(code, 0);
  const { outcome, update } = linesOf(stdout).find(({ type }) => type === "result");
  assert.equal(outcome, "ended");
  assert.ok(update.attempts > 2);
  assert.deepEqual(logOf(late, "source"), []);
  assert.deepEqual(await night.entries(), []);
});

test("recover: a service that is away for longer than the time given: 1, and the record stays", async (t) => {
  const night = await Night.begin(t);
  await night.killed(["source", "other"]);
  const endpoint = `http://127.0.0.1:${await freePort()}/push/v1`;
  night.moveTo(endpoint);
  const env = { COVEO_ENDPOINT: endpoint };
  const { code, stderr } = await night.run(["recover", "--all", "--timeout", "0.5s"], { env });
  assert.equal(code, 1);
  for (const id of ["source", "other"]) assert.match(stderr, new RegExp(`${id}: REBUILD since .* remains: `));
  assert.deepEqual(await night.entries(), ["other gone", "source gone"]);
});

test("recover: the time is that of all sources together, however many wait for their turn", async (t) => {
  const night = await Night.begin(t);
  const ids = Array.from({ length: 40 }, (_, index) => `source-${index}`);
  await night.killed(ids);
  night.emulator.failRandomly({ seed: 1, rate: 1, faults: [{ stall: true }] });
  const { code, stderr } = await night.run(["recover", "--all", "--timeout", "0.5s"]);
  assert.equal(code, 1);
  assert.match(stderr, /source-39: REBUILD since .* remains: not done in 0\.5 s; try again later$/m);
  assert.ok(night.sent.length < ids.length);
});

test("recover: it tries for five minutes unless told otherwise, and TERM ends it: 143, and the source can be had", async (t) => {
  const night = await Night.begin(t);
  await night.killed(["source"]);
  night.emulator.failNext({ status: 503, retryAfter: 270 }, { status: 503, retryAfter: 330 });
  const recover = night.start(["recover", "--all", "--json"]);
  await recover.says(/"type":"(retry|failed)"/);
  assert.ok(linesOf(recover.stdout).find(({ type }) => type === "retry").delayMs >= 270_000);
  recover.signal("SIGTERM");
  assert.equal((await recover.ended).code, 143);
  assert.deepEqual(await night.entries(), ["source gone"]);
  assert.equal((await night.run(["recover", "--all"])).code, 1);
  assert.equal((await night.run(["recover", "--all"])).code, 0);
});

test("recover: TERM, to people", async (t) => {
  const night = await Night.begin(t);
  await night.killed("source");
  night.emulator.failNext({ stall: true });
  const recover = night.start(["recover", "--all"]);
  await until("it is sent", () => night.sent.length > 0);
  recover.signal("SIGTERM");
  const { code, stderr } = await recover.ended;
  assert.equal(code, 143);
  assert.match(stderr, /source: REBUILD since .* remains: stopped by TERM\n$/);
});
