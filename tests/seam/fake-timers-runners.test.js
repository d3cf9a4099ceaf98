import assert from "node:assert/strict";
import test from "node:test";
import { fileURLToPath } from "node:url";

import { runCommand } from "./child.js";
import { nodes } from "./runtimes.js";
import { startService } from "./time-service.js";

const here = fileURLToPath(new URL(".", import.meta.url));

/** The time limit of a run, which leaves time for several calls that hang. */
const RUN_MS = 600_000;

/** The time limit of a test, within which the program itself gives up a call that hangs and names it. */
const TEST_MS = 40_000;

const runners = {
  Jest: [
    "--experimental-vm-modules",
    "node_modules/jest/bin/jest.js",
    "--config=programs/jest/package.json",
    "--forceExit",
    `--testTimeout=${TEST_MS}`,
  ],
  Vitest: ["node_modules/vitest/vitest.mjs", "run", "--root=programs/vitest", `--test-timeout=${TEST_MS}`],
};

for (const runtime of nodes) {
  for (const [name, args] of Object.entries(runners)) {
    // Vitest does not support Node 20.
    if (name === "Vitest" && runtime === nodes[0]) continue;
    test(`row 46, in ${runtime.name}: the fake timers of ${name}`, async (t) => {
      const { endpoint } = await startService(t);
      const [program] = await runtime.command();
      const env = { ENDPOINT: endpoint, NO_COLOR: "1", CI: "1" };
      const { code, stdout, stderr } = await runCommand(t, [program, ...args], {
        cwd: here,
        env,
        limitMs: RUN_MS,
      });
      assert.equal(code, 0, stdout + stderr);
      assert.match(stdout + stderr, /(1[05]) passed/);
    });
  }
}
