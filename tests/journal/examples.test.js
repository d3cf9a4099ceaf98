import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { nodeProgram } from "../everywhere/runtime.js";
import { runExample } from "../node/example.js";
import { SOURCE } from "../node/sample.js";
import { logOf, startService } from "./service.js";

async function temporaryFolder(t) {
  const folder = await mkdtemp(join(tmpdir(), "journal-examples-"));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

test("row 66: a connector that was killed at work is recovered by its next run, as its test shows", async (t) => {
  const { emulator } = await startService(t);
  const { code, stdout } = await runExample(t, emulator, "recovery.test.js", { nodeArgs: ["--test"] });
  assert.equal(code, 0, stdout);
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
