import { setTimeout as sleep } from "node:timers/promises";

import { Chance } from "../cli/chance.js";
import { FAULTS, Killing } from "./killing.js";

/** The number of processes at once, in one folder. None may be taken for another. */
const AT_ONCE = 3;

/**
 * Kills processes at random points of their work, and compares the log of the service with their journal.
 *
 * @param {typeof import("push-source-status/emulator").startEmulator} startEmulator
 * @param {string} directory of the journal
 * @param {{ kills: number, seed: number, onKilled?: (count: number) => void }} options
 */
export async function killAtRandom(startEmulator, directory, { kills, seed, onKilled = () => {} }) {
  let killing;
  const emulator = await startEmulator({ onRequest: (record) => killing.onRequest(record) });
  emulator.failRandomly({ ...FAULTS, seed });
  killing = new Killing(emulator, directory);
  const chance = new Chance(seed);
  const rounds = Array.from({ length: kills }, (_, number) => ({
    name: `killed-${number}`,
    seed: seed * 1000 + number,
    requests: chance.pick([1, 1, 2, 3, 5, 8, 13]),
    delayMs: chance.pick([0, 0, 1, 2, 5]),
  }));
  let killed = 0;
  const work = async () => {
    for (let round = rounds.shift(); round; round = rounds.shift()) {
      const { name, requests, delayMs } = round;
      const kill = async (child, [sourceId]) => {
        await killing.requests(sourceId, requests);
        if (delayMs > 0) await sleep(delayMs);
        child.kill("SIGKILL");
      };
      await killing.round(name, { seed: round.seed, kill });
      killed += 1;
      onKilled(killed);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    await emulator.close();
  }
  return { leftActive: killing.leftActive, namedToo: killing.namedToo };
}
