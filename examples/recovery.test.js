/**
 * Tests of recovery: kill the connector at work, look at the log of the service, and start the connector again.
 *
 * node --test examples/recovery.test.js
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { startEmulator } from "push-source-status/emulator";

const connector = fileURLToPath(new URL("recovery.js", import.meta.url));

test("what a killed run has left is set to IDLE by the next one, which then does its own", async (t) => {
  const statuses = [];
  let onStatus = () => {};
  const emulator = await startEmulator({
    onRequest: ({ statusType }) => {
      statuses.push(statusType);
      onStatus();
    },
  });
  const stateFolder = await mkdtemp(join(tmpdir(), "recovery-"));
  t.after(async () => {
    await emulator.close();
    await rm(stateFolder, { recursive: true });
  });
  const env = {
    ...process.env,
    COVEO_ORGANIZATION_ID: "any-organization",
    COVEO_SOURCE_ID: "wiki",
    COVEO_ACCESS_TOKEN: "any-token",
    COVEO_ENDPOINT: emulator.endpoint,
    XDG_STATE_HOME: stateFolder, // the folder of the journal
  };
  /** Starts the connector, and kills it after a number of requests in all. */
  const runUntil = async (count) => {
    const child = spawn(process.execPath, [connector], { env, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (output += text));
    await new Promise((resolve) => {
      onStatus = () => statuses.length >= count && resolve();
      onStatus();
    });
    child.kill("SIGKILL");
    await once(child, "close");
    return output;
  };
  const log = () => emulator.activities("wiki").map(({ statusType, state }) => `${statusType} ${state}`);

  await runUntil(1);
  assert.deepEqual(log(), ["REBUILD ongoing"]);
  assert.equal(await runUntil(3), "wiki was left in REBUILD: ended\n");
  assert.deepEqual(statuses, ["REBUILD", "IDLE", "REBUILD"]);
});
