import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { startFaultServer } from "../faults/server.js";
import { Chance } from "./chance.js";
import { start } from "./command-line.js";
import { Scenario } from "./scenario.js";

const SEED = Number(process.env.PUSH_SOURCE_STATUS_SEED ?? 20_260_101);
const RUNS = 200;
/** The number of runs at once, which mostly wait. */
const AT_ONCE = 8;

test(`${RUNS} programs that exit, crash, hang and are killed (seed ${SEED}): all idle in the end, or said not to be`, async (t) => {
  const chance = new Chance(SEED);
  const scenarios = Array.from({ length: RUNS }, (_, index) => new Scenario(`source-${index}`, chance));
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  const server = await startFaultServer(t, (entry) => byId.get(entry.sourceId)?.answer(entry));
  const waiting = [...scenarios];
  const problems = [];
  const work = async () => {
    try {
      for (let scenario = waiting.shift(); scenario; scenario = waiting.shift()) {
        const end = await play(t, scenario, server);
        for (const problem of scenario.problems(end))
          problems.push(`${describe(scenario, end)}\n  ${problem}`);
      }
    } finally {
      // After a failure the server is closed, and further runs would try for a minute each.
      waiting.length = 0;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  assert.deepEqual(problems, []);
  const idle = scenarios.filter(({ met }) => met.at(-1)?.statusType === "IDLE");
  assert.ok(idle.length > RUNS / 2, `only ${idle.length} runs came to IDLE`);
});

async function play(t, { id, program, signals, delayMs, isSignalledWhenReady }, server) {
  const words = ["run", "REBUILD", "--source", id, "--grace", "0.2", "--", "sh", "-c", program.script];
  const command = start(t, words, { server });
  const ended = command.ended;
  let isOver = false;
  ended.then(() => {
    isOver = true;
  });
  if (signals.length > 0 && isSignalledWhenReady)
    await Promise.race([ended, command.says(/ready/).catch(() => {})]);
  for (const signal of signals) {
    await sleep(delayMs);
    if (!isOver) command.signal(signal);
  }
  return ended;
}

function describe({ id, program, signals, met }, { code, signal, stderr }) {
  const requests = met.map(({ statusType, step }) => `${statusType} ${step.name}`).join(", ");
  return `${id}: ${program.script} | ${signals.join(" ")} | ${requests} | ${code ?? signal} | ${stderr}`;
}
