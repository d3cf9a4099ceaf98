import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { fileJournal } from "push-source-status/journal";
import { Night } from "./night.js";

/** For longer than it takes a run that waits to look again. */
const LOOK_MS = 1000;

function runOf(night, sourceIds, script, ...flags) {
  const sources = sourceIds.flatMap((id) => ["--source", id]);
  return night.start(["run", "REBUILD", ...sources, ...flags, "--", "sh", "-c", script], { input: null });
}

/** A run that works until a line comes. */
async function begin(night, sourceIds, ...flags) {
  const command = runOf(night, sourceIds, "echo works; read line; true", ...flags);
  await command.says(/works/);
  return command;
}

async function finish(command) {
  command.stdin.end("\n");
  const { code, stderr } = await command.ended;
  assert.equal(code, 0, stderr);
}

/** Returns the number of sources that have been claimed. */
function claimed(night) {
  return readdirSync(join(night.directory, "claims")).length;
}

describe("row 67: sources of which another run has one", { concurrency: 2 }, () => {
  for (const [way, code] of [
    ["refuse", 73],
    ["skip", 0],
  ]) {
    test(`${way}: not for an instant are the others kept from anybody`, async (t) => {
      const night = await Night.begin(t);
      const first = await begin(night, ["b"]);
      const second = await runOf(night, ["a", "b", "c"], "echo started", "--if-running", way).ended;
      assert.deepEqual([second.code, second.stdout, claimed(night)], [code, "", 1]);
      await finish(first);
    });
  }

  test("wait: nor at any look", async (t) => {
    const night = await Night.begin(t);
    const first = await begin(night, ["b"]);
    const second = runOf(night, ["a", "b", "c"], "echo started", "--if-running", "wait", "--json");
    await second.says(/"type":"running"/);
    await sleep(LOOK_MS);
    assert.equal(claimed(night), 1);
    await finish(first);
    assert.equal((await second.ended).stdout, "started\n");
    assert.equal(claimed(night), 3);
  });

  test("allow: the others are claimed all the same", async (t) => {
    const night = await Night.begin(t);
    const first = await begin(night, ["b"]);
    const second = await begin(night, ["a", "b"], "--if-running", "allow", "--json");
    assert.deepEqual(second.stderr.match(/"type":"running".*?"sourceId":"[^"]*"/g)?.length, 1);
    const journal = fileJournal({ directory: night.directory });
    assert.equal((await journal.claim("a")).ok, false);
    await finish(first);
    await finish(second);
  });
});
