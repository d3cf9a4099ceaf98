import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { around, SOURCE } from "./command-line.js";
import { ELSEWHERE, killGroup, Night } from "./night.js";

/** Runs `run` with the night's journal. */
function runOf(night, script) {
  const [name, ...words] = around(script);
  return night.start([name, ...words]);
}

/** A run that was killed at work, in another container for all that its journal says. */
async function leaveFromElsewhere(night) {
  const command = runOf(night, "echo works; echo $$; exec sleep 600");
  await command.says(/works\n\d+\n/);
  command.signal("SIGKILL");
  killGroup(Number(/works\n(\d+)/.exec(command.stdout)[1]));
  await command.ended;
  night.rewrite(SOURCE, ELSEWHERE);
}

test("recover --forget: a run begins then, though its claim is of an owner that cannot be told", async (t) => {
  const night = await Night.begin(t);
  await leaveFromElsewhere(night);
  night.age(-24 * 3_600_000);
  assert.equal((await runOf(night, "echo started").ended).code, 73);
  assert.equal((await night.run(["recover", "--forget", SOURCE])).code, 0);
  const { code, stdout, stderr } = await runOf(night, "echo started").ended;
  assert.deepEqual([code, stdout, stderr], [0, "started\n", ""]);
});

test("recover --forget: a run begins then, though the claim was damaged and no record says of it", async (t) => {
  const night = await Night.begin(t);
  assert.equal((await runOf(night, "true").ended).code, 0);
  const claims = join(night.directory, "claims");
  writeFileSync(join(claims, readdirSync(claims)[0], "9"), "{");
  assert.equal((await runOf(night, "true").ended).code, 73);
  assert.equal((await night.run(["recover", "--forget", SOURCE])).code, 0);
  assert.equal((await runOf(night, "true").ended).code, 0);
});

test("recover --stale 0: takes what is unknown, also after the clock was put back", async (t) => {
  const night = await Night.begin(t);
  await leaveFromElsewhere(night);
  night.age(-24 * 3_600_000);
  assert.equal((await night.run(["recover", "--all", "--stale", "1s"])).code, 1);
  assert.equal((await night.run(["recover", "--all", "--stale", "0"])).code, 0);
  assert.deepEqual(night.sent, [`${SOURCE} IDLE`]);
  assert.equal((await runOf(night, "true").ended).code, 0);
});

test("recover --forget: a run at work keeps the source to itself", async (t) => {
  const night = await Night.begin(t);
  const [name, ...words] = around("echo works; read line; true");
  const first = night.start([name, ...words], { input: null });
  await first.says(/works/);
  assert.equal((await night.run(["recover", "--forget", SOURCE])).code, 0);
  assert.equal((await runOf(night, "true").ended).code, 73);
  first.stdin.end("\n");
  assert.equal((await first.ended).code, 0);
});
