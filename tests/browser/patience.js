import { setTimeout as delay } from "node:timers/promises";

/** The time after which something is taken to hang, however busy the machine is. */
export const HANGS_AFTER_MS = 60_000;

/** Asks until there is an answer, and returns it. Rejects if none comes. */
export async function until(what, ask) {
  const end = performance.now() + HANGS_AFTER_MS;
  while (performance.now() < end) {
    const answer = await ask();
    if (answer) return answer;
    await delay(50);
  }
  throw new Error(`in vain: ${what}`);
}
