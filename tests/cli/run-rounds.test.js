import assert from "node:assert/strict";
import { test } from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { temporaryFolder } from "../journal/sample.js";
import { Chance } from "./chance.js";
import { skip } from "./processes.js";
import { killAtRandom, race } from "./rounds.js";

const SEED = Number(process.env.PUSH_SOURCE_STATUS_SEED ?? 20_260_101);
/** The number of races. `npm run soak` sets more. */
const RACES = Number(process.env.PUSH_SOURCE_STATUS_RACES ?? 6);
const KILLS = Number(process.env.PUSH_SOURCE_STATUS_KILLS ?? 10);

test(`row 67: two runs started at the same instant, ${RACES} times: one works, the other one sends nothing`, {
  skip,
}, async (t) => {
  const server = await startFaultServer(t, () => reply());
  await race(t, server, temporaryFolder(t), RACES);
});

test(`row 66: ${KILLS} runs killed at random points (seed ${SEED}): the journal names what is active, and the next run closes it`, {
  skip,
}, async (t) => {
  const server = await startFaultServer(t, () => reply());
  const leftActive = await killAtRandom(t, server, temporaryFolder(t), new Chance(SEED), KILLS);
  t.diagnostic(`${leftActive} were left active`);
  assert.ok(KILLS < 10 || leftActive > 0, "none was left active: they were killed too early, or too late");
});
