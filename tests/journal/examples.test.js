import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { nodeProgram } from "../everywhere/runtime.js";
import { runExample, startExample } from "../node/example.js";
import { SOURCE } from "../node/sample.js";
import { logOf, startService } from "./service.js";

async function temporaryFolder(t) {
  const folder = await mkdtemp(join(tmpdir(), "journal-examples-"));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

test("row 66: a connector that was killed at work is recovered by its next run, which then does its own", async (t) => {
  const sent = [];
  let onSent = () => {};
  const onRequest = ({ statusType }) => {
    sent.push(statusType);
    onSent();
  };
  const { emulator } = await startService(t, { onRequest });
  const requests = (count) =>
    new Promise((resolve) => {
      onSent = () => sent.length >= count && resolve();
      onSent();
    });
  const env = { XDG_STATE_HOME: await temporaryFolder(t) };

  const first = startExample(t, emulator, "recovery.js", { env });
  await requests(1);
  first.child.kill("SIGKILL");
  await first.ended;
  assert.deepEqual(logOf(emulator, SOURCE), ["REBUILD ongoing"]);

  const second = startExample(t, emulator, "recovery.js", { env });
  await requests(3);
  second.child.kill("SIGKILL");
  const { stdout } = await second.ended;
  assert.equal(stdout.trim(), `${SOURCE} was left in REBUILD: ended`);
  assert.deepEqual(sent, ["REBUILD", "IDLE", "REBUILD"]);
});

test("journal: one in a database has the source during the activity, and nothing after it", async (t) => {
  const { emulator } = await startService(t);
  const env = { JOURNAL_DATABASE: join(await temporaryFolder(t), "journal.sqlite") };
  const node = await nodeProgram("24");
  const { code, stdout, stderr } = await runExample(t, emulator, "database-journal.js", { node, env });
  assert.equal(code, 0, stderr);
  assert.equal(stdout, `${SOURCE} may be in REBUILD\n0 sources may be active\n`);
  assert.deepEqual(logOf(emulator, SOURCE), ["REBUILD completed"]);
});
