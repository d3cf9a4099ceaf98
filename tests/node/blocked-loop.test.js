import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { setTimeout } from "node:timers/promises";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { assertLedger } from "./ledger.js";
import { runProgram } from "./program.js";

/** Long enough for a warm connection, so that only a blocked event loop can miss it. */
const TIMEOUT_MS = 3000;

test("an answer counts that came in time, while the event loop was blocked for longer than the timeouts", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "blocked-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const [received, blocked, answered] = ["received", "blocked", "answered"].map((name) => join(folder, name));
  const answer = {
    name: "reply while the program is blocked",
    play: async (exchange) => {
      writeFileSync(received, "");
      while (!existsSync(blocked)) await setTimeout(5);
      await reply({ body: "{}" }).play(exchange);
      writeFileSync(answered, "");
    },
  };
  const server = await startFaultServer(t, [reply({ body: "{}" }), answer]);
  const { code, stdout, stderr } = await runProgram(
    t,
    `
    const { existsSync, writeFileSync } = await import("node:fs");
    const [endpoint, received, blocked, answered] = process.argv.slice(1);
    const client = new StatusClient({
      organizationId: ORGANIZATION, accessToken: TOKEN, endpoint,
      attemptTimeoutMs: ${TIMEOUT_MS}, totalTimeoutMs: ${TIMEOUT_MS},
    });
    await client.setStatus(SOURCE, "REBUILD");
    const call = client.setStatus(SOURCE, "REFRESH");
    const end = performance.now() + ${TIMEOUT_MS} + 1000;
    while (!existsSync(received)) await new Promise((resolve) => setTimeout(resolve, 5));
    // Timers are the first to run after such a callback.
    await new Promise((resolve) => setImmediate(resolve));
    writeFileSync(blocked, "");
    while (!existsSync(answered) || performance.now() < end);
    console.log((await call).attempts);`,
    { args: [server.endpoint, received, blocked, answered] },
  );
  assert.deepEqual([code, stdout, stderr], [0, "1\n", ""]);
  assertLedger(server, "REBUILD", "REFRESH");
});
