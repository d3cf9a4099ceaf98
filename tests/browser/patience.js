import { setTimeout as delay } from "node:timers/promises";

/** However busy a machine is, what takes longer than this hangs. */
export const HANGS_AFTER_MS = 60_000;

/** Asks until there is something, and gives that; rejects when there never is. */
export async function until(what, ask) {
  const end = performance.now() + HANGS_AFTER_MS;
  while (performance.now() < end) {
    const answer = await ask();
    if (answer) return answer;
    await delay(50);
  }
  throw new Error(`in vain: ${what}`);
}
