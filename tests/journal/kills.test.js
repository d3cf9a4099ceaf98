import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";

import { startEmulator } from "push-source-status/emulator";
import { Killing } from "./killing.js";
import { killAtRandom } from "./kills.js";
import { temporaryFolder } from "./sample.js";
import { startService } from "./service.js";

const SEED = Number(process.env.PUSH_SOURCE_STATUS_SEED ?? 20_260_101);
const KILLS = 50;

for (const [killsItselfAt, leftActive, namedToo] of [
  ["before the entry", 0, 0],
  ["after the entry", 0, 1],
  ["active in flight", undefined, undefined],
  ["active answered", 1, 0],
  ["at work", 1, 0],
  ["IDLE in flight", undefined, undefined],
  ["IDLE answered", 0, 1],
  ["after the end", 0, 0],
]) {
  test(`row 66: killed ${killsItselfAt}: what may be active is in the journal, and is recovered`, async (t) => {
    const { emulator } = await startService(t);
    const killing = new Killing(emulator, temporaryFolder(t));
    // With this seed, an activity comes first.
    await killing.round("victim", { seed: 5, sources: 1, killsItselfAt });
    if (leftActive !== undefined) {
      assert.deepEqual([killing.leftActive, killing.namedToo], [leftActive, namedToo]);
    } else assert.equal(killing.leftActive + killing.namedToo, 1);
    assert.ok(emulator.activities("victim-0").every(({ state }) => state === "completed"));
  });
}

test(`row 66: ${KILLS} processes killed at random points (seed ${SEED}): nothing is active that the journal does not name`, async (t) => {
  const directory = temporaryFolder(t);
  const { leftActive } = await killAtRandom(startEmulator, directory, { kills: KILLS, seed: SEED });
  assert.ok(leftActive > KILLS / 2, `only ${leftActive} sources were left active`);
  const leftovers = readdirSync(directory).filter((name) => !name.endsWith(".json") && name !== "claims");
  t.diagnostic(`${leftActive} sources were left active; ${leftovers.length} writes were interrupted`);
});
