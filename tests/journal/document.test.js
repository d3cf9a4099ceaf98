import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { fileJournal } from "push-source-status/journal";
import { root } from "../../scripts/project.js";
import { runProgram } from "../node/program.js";
import { ORGANIZATION, TOKEN } from "../node/sample.js";
import { killedKeeper } from "./keeper.js";
import { inWords } from "./sample.js";
import { logOf, startService } from "./service.js";

test("docs/journal.md: its program recovers what a killed one has left in the user's state folder", {
  skip: process.platform === "win32" && "the folder is another one",
}, async (t) => {
  const [, program] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, "docs/journal.md"), "utf8"));
  const state = mkdtempSync(join(tmpdir(), "push-source-status-state-"));
  t.after(() => rmSync(state, { recursive: true }));
  const directory = join(state, "push-source-status");
  const { emulator, client } = await startService(t);
  await client().setStatus("kept", "REBUILD");
  await killedKeeper(t, { directory, endpoint: emulator.endpoint });
  assert.deepEqual(inWords(await fileJournal({ directory }).entries()), ["kept REBUILD gone"]);
  const { code, stdout, stderr } = await runProgram(t, program, {
    env: {
      XDG_STATE_HOME: state,
      COVEO_ORGANIZATION_ID: ORGANIZATION,
      COVEO_ACCESS_TOKEN: TOKEN,
      COVEO_API_KEY: "",
      COVEO_ENDPOINT: emulator.endpoint,
      COVEO_REGION: "",
      COVEO_ENVIRONMENT: "",
    },
  });
  assert.deepEqual([code, stdout, stderr], [0, "kept: ended\n", ""]);
  assert.deepEqual(logOf(emulator, "kept"), ["REBUILD completed"]);
  assert.deepEqual(await fileJournal({ directory }).entries(), []);
});
