import { after, test } from "node:test";
import { chromium } from "../../scripts/toolchain/chromium.js";
import { launchChromium } from "../../scripts/toolchain/launched-chromium.js";

/** A limit that leaves time on a busy machine. */
const TEST_TIMEOUT_MS = 120_000;

const { program, absence } = await chromium().then(
  (program) => ({ program }),
  (absence) => ({ absence }),
);
if (absence && process.env.CI) throw absence;
if (absence) console.error(`\n!!! ${absence.message}\n`);

let launched;
after(async () => (await launched)?.close());

/** Returns the browser of the test file. */
export function browser() {
  launched ??= launchChromium(program);
  return launched;
}

/** Defines a test that needs the browser. */
export function browserTest(name, body) {
  test(name, { skip: absence?.message, timeout: TEST_TIMEOUT_MS }, body);
}
