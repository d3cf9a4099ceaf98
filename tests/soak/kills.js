/**
 * Kills many processes that work with a journal, at random points. Every source that is active at the service has to be
 * in the journal. `npm run soak` runs it; SOAK_KILLS and SOAK_SEED change the run.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "push-source-status/emulator";
import { killAtRandom } from "../journal/kills.js";

const kills = Number(process.env.SOAK_KILLS ?? 500);
const seed = Number(process.env.SOAK_SEED ?? 1);

console.log(`${kills} kills, seed ${seed}`);
const directory = mkdtempSync(join(tmpdir(), "push-source-status-kills-"));
const onKilled = (count) => {
  if (count % 50 === 0) console.log(`${count} killed`);
};
const { leftActive, namedToo } = await killAtRandom(startEmulator, directory, { kills, seed, onKilled });
rmSync(directory, { recursive: true });
console.log(
  `${leftActive} sources were left active, each of them in the journal; ${namedToo} more were named`,
);
