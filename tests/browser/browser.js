import { after, test } from "node:test";
import { chromium } from "../../scripts/toolchain/chromium.js";
import { launchChromium } from "../../scripts/toolchain/launched-chromium.js";

/** On a machine that others keep busy. */
const TEST_TIMEOUT_MS = 120_000;

const { program, absence } = await chromium().then(
  (program) => ({ program }),
  (absence) => ({ absence }),
);
if (absence && process.env.CI) throw absence;
if (absence) console.error(`\n!!! ${absence.message}\n`);

let launched;
after(async () => (await launched)?.close());

/** The file's browser. */
export function browser() {
  launched ??= launchChromium(program);
  return launched;
}

/** A test that needs the browser. */
export function browserTest(name, body) {
  test(name, { skip: absence?.message, timeout: TEST_TIMEOUT_MS }, body);
}
