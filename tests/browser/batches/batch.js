import { readdirSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "..");
const BATCHES = 2;

/**
 * Runs every second test file of the folder above in this process, with one browser for all of them. Starting Node and
 * a browser for each file would take longer than most of the files do. Each file also runs alone.
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
