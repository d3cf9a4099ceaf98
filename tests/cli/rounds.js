import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { fileJournal } from "push-source-status/journal";
import { around, SOURCE, start, statusesOf } from "./command-line.js";
import { works } from "./processes.js";

/** The delay after which two started processes begin at once. It has to cover their start-up. */
const INSTANT_MS = 150;

/** A program that prints that it works, and ends with its input. */
const working = 'echo "working $$"; read line; true';

/**
 * Starts two runs at the same instant. One works, and the other one ends with 73.
 *
 * @param {import("node:test").TestContext} t
 * @param {{ requests: any[], endpoint: string }} server accepts every request
 * @param {string} folder
 * @param {number} count
 */
export async function race(t, server, folder, count) {
  for (let round = 0; round < count; round += 1) {
    const directory = join(folder, `${round}`);
    if (round % 2 === 1) await leaveRecord(t, server, directory);
    const before = server.requests.length;
    const instant = `data:text/javascript,while(Date.now()<${Date.now() + INSTANT_MS});`;
    const env = { PUSH_SOURCE_STATUS_JOURNAL: directory, NODE_OPTIONS: `--import ${instant}` };
    const runs = [1, 2].map(() => start(t, around(working), { server, env, input: null }));
    const firsts = await Promise.all(runs.map(beginning));
    for (const run of runs) run.stdin.end("\n");
    const ends = await Promise.all(runs.map((run) => run.ended));
    const told = ends.map(({ stderr }) => stderr).join("");
    assert.deepEqual(firsts.toSorted(), [73, "works"].toSorted(), `round ${round}: ${told}`);
    assert.deepEqual(ends.map(({ code }) => code).toSorted(), [0, 73], told);
    const sent = statusesOf(server).slice(before);
    assert.deepEqual(
      sent,
      [...(round % 2 === 1 ? ["IDLE"] : []), "REBUILD", "IDLE"],
      `round ${round}: ${told}`,
    );
    rmSync(directory, { recursive: true });
  }
}

/** Resolves with "works", or with the exit code. */
function beginning(run) {
  return run.says(/working \d+\n/).then(
    () => "works",
    () => run.ended.then(({ code }) => code),
  );
}

/** Kills a run and its program, and so leaves a record. */
async function leaveRecord(t, server, directory) {
  const env = { PUSH_SOURCE_STATUS_JOURNAL: directory };
  const run = start(t, around(working), { server, env, input: null });
  await run.says(/working \d+\n/);
  await killAll(run, directory);
}

/**
 * Kills runs and their programs after a random time. A source that may be active is in the journal, and the next run
 * closes its entry.
 *
 * @param {import("./chance.js").Chance} chance
 */
export async function killAtRandom(t, server, directory, chance, count) {
  const env = { PUSH_SOURCE_STATUS_JOURNAL: directory };
  let leftActive = 0;
  for (let round = 0; round < count; round += 1) {
    const before = server.requests.length;
    const script = `echo "working $$"; sleep ${chance.pick(["0", "0.05", "600"])}`;
    const run = start(t, around(script), { server, env });
    const moment = chance.pick([
      () => sleep(chance.next() * 300),
      () => server.received(before + 1),
      () => run.says(/working/),
    ]);
    await Promise.race([run.ended, moment()]);
    await sleep(chance.pick([0, 0, 5, 20]));
    const entries = await killAll(run, directory);
    const sent = statusesOf(server).slice(before);
    if (sent.length > 0 && sent.at(-1) !== "IDLE") {
      assert.equal(entries.length, 1, `round ${round}: ${sent} and nothing in the journal`);
      leftActive += 1;
    }
    for (const { sourceId, owner } of entries) assert.deepEqual([sourceId, owner], [SOURCE, "gone"]);
    const next = await start(t, around("true"), { server, env }).ended;
    assert.equal(next.code, 0, next.stderr);
    assert.deepEqual(await fileJournal({ directory }).entries(), []);
    assert.equal(statusesOf(server).at(-1), "IDLE");
  }
  return leftActive;
}

/** Kills a run, and then its program, and waits until nothing is left of them. */
async function killAll(run, directory) {
  killed(run.pid);
  while (works(run.pid)) await sleep(5);
  for (;;) {
    // A program may not have printed its pid yet.
    const [, program] = /working (\d+)\n/.exec(run.stdout) ?? [];
    if (program) killed(-Number(program));
    const entries = await fileJournal({ directory }).entries();
    if (entries.every(({ owner }) => owner !== "live")) return entries;
    await sleep(5);
  }
}

function killed(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
