import { readdirSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "..");
const BATCHES = 2;

/**
 * Runs every second one of the test files beside this folder in this process, with one browser for all of them: to start
 * Node and a browser for each takes longer than most of them do. Each runs alone as well.
 *
 * `npm test` begins with the batches (Node sorts by path), and runs one engine after the other beside them.
 *
 * @param {0 | 1} number
 */
export async function runBatch(number) {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".test.js"))
    .sort();
  for (let index = number; index < files.length; index += BATCHES) await import(join(folder, files[index]));
}
