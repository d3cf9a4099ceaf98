import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { fileJournal } from "push-source-status/journal";
import { until } from "../browser/patience.js";
import { killedKeeper, startKeeper } from "./keeper.js";
import { lifeFrom, lifeIn, noProc, rewrite } from "./life.js";
import { temporaryFolder } from "./sample.js";

test("an owner whose program's group lives is live, and gone when that is", { skip: noProc }, async (t) => {
  const directory = temporaryFolder(t);
  // The leader ends, and another process of its group works on.
  const program = ["sh", "-c", "sleep 600 & exec true"];
  const keeper = await startKeeper(t, { directory, program });
  const [entry] = await fileJournal({ directory }).entries();
  assert.equal(entry.ownedBy.group, keeper.group);
  keeper.child.kill("SIGKILL");
  await keeper.ended;
  assert.equal(await lifeIn(directory), "live");
  process.kill(-keeper.group, "SIGKILL");
  await until("it is gone", async () => (await lifeIn(directory)) === "gone");
});

test("another group with the same id is not the program's", { skip: noProc }, async (t) => {
  const directory = temporaryFolder(t);
  const keeper = await startKeeper(t, { directory, program: ["sleep", "600"] });
  keeper.child.kill("SIGKILL");
  await keeper.ended;
  assert.equal(await lifeIn(directory), "live");
  rewrite(directory, (owner) => (owner.group.startedAt = "another start"));
  assert.equal(await lifeIn(directory), "gone");
});

test("an owner whose program lives in the owner's own group is live, and gone when that is", {
  skip: noProc,
}, async (t) => {
  const directory = temporaryFolder(t);
  const keeper = await startKeeper(t, { directory, program: ["sleep", "600"], hasOwnGroup: false });
  keeper.child.kill("SIGKILL");
  await keeper.ended;
  assert.equal(await lifeIn(directory), "live");
  rewrite(directory, (owner) => assert.equal(owner.group.id, keeper.group));
  process.kill(keeper.group, "SIGKILL");
  await until("it is gone", async () => (await lifeIn(directory)) === "gone");
});

for (const [what, idOf] of [
  ["a process", (keeper) => keeper.pid],
  ["a group", (keeper) => -keeper.group],
]) {
  test(`${what} that ends while it is looked at is gone`, { skip: noProc }, async (t) => {
    const directory = temporaryFolder(t);
    const keeper = await startKeeper(t, { directory, program: ["sleep", "600"] });
    keeper.child.kill("SIGKILL");
    await keeper.ended;
    process.kill(-keeper.group, "SIGKILL");
    await until("it is gone", async () => (await lifeIn(directory)) === "gone");
    // The first look finds it still.
    let looks = 0;
    const { kill } = process;
    t.after(() => (process.kill = kill));
    process.kill = (pid, signal) => {
      if (pid === idOf(keeper) && looks++ === 0) return true;
      return kill.call(process, pid, signal);
    };
    assert.equal(await lifeIn(directory), "gone");
    assert.ok(looks > 0);
  });
}

const MARK = `A_MARK=${randomUUID()}`;

test("an owner is live before its program is followed, by the mark in the program's environment", {
  skip: noProc,
}, async (t) => {
  const directory = temporaryFolder(t);
  const task = { directory, program: ["sleep", "600"], isFollowed: false, mark: MARK };
  const keeper = await startKeeper(t, task);
  const other = temporaryFolder(t);
  await killedKeeper(t, { directory: other, mark: `${MARK}-another` });
  keeper.child.kill("SIGKILL");
  await keeper.ended;
  assert.deepEqual([await lifeIn(directory), await lifeIn(other)], ["live", "gone"]);
  process.kill(-keeper.group, "SIGKILL");
  await until("it is gone", async () => (await lifeIn(directory)) === "gone");
});

test("the mark counts no more once the program is followed: what has left its group may have it too", {
  skip: noProc,
}, async (t) => {
  const directory = temporaryFolder(t);
  const daemon = join(directory, "daemon");
  const script =
    'setsid sh -c \'echo $$ > "$0.new"; mv "$0.new" "$0"; exec sleep 600\' "$0" & exec sleep 600';
  const keeper = await startKeeper(t, { directory, program: ["sh", "-c", script, daemon], mark: MARK });
  await until("the daemon", () => existsSync(daemon));
  const pid = Number(readFileSync(daemon, "utf8"));
  t.after(() => process.kill(pid, "SIGKILL"));
  keeper.child.kill("SIGKILL");
  await keeper.ended;
  assert.equal(await lifeIn(directory), "live");
  process.kill(-keeper.group, "SIGKILL");
  await until("it is gone", async () => (await lifeIn(directory)) === "gone");
});

test("whoever asks is not the program that the mark is for, though it has it", {
  skip: noProc,
}, async (t) => {
  const directory = temporaryFolder(t);
  await killedKeeper(t, { directory, mark: MARK });
  assert.equal(lifeFrom(["env", MARK], { directory }), "gone");
});

test("what a journal follows must be a group", (t) => {
  const journal = fileJournal({ directory: temporaryFolder(t) });
  for (const group of [0, -1, 1.5, "7", undefined]) assert.throws(() => journal.follow(group), TypeError);
});
