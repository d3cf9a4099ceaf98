import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { codeBlocks, startProgram } from "./document-program.js";
import { startedEmulator } from "./started-emulator.js";

const programs = (await codeBlocks("docs/library.md"))
  .filter(({ language }) => language === "js")
  .map(({ code }) => code);

/** Runs the one program with a text. Returns its output, and the log of the service for wiki-source. */
async function outcomeOf(t, text) {
  const found = programs.filter((code) => code.includes(text));
  assert.equal(found.length, 1, text);
  const emulator = await startedEmulator(t);
  const stateFolder = await mkdtemp(join(tmpdir(), "library-guide-"));
  t.after(() => rm(stateFolder, { recursive: true }));
  const { code, stdout, stderr } = await startProgram(t, found[0], emulator, { XDG_STATE_HOME: stateFolder })
    .ended;
  assert.deepEqual([code, stderr], [0, ""]);
  const log = emulator.activities("wiki-source").map(({ statusType, state }) => `${statusType} ${state}`);
  return { stdout, log, requests: emulator.requests };
}

test("docs/library.md holds the programs that are tested here", () => {
  assert.equal(programs.length, 6);
});

test("docs/library.md: many sources are set, and their progress is printed", async (t) => {
  const { stdout, requests } = await outcomeOf(t, "setStatuses");
  assert.equal(stdout, "1 of 2, 0 failed\n2 of 2, 0 failed\n");
  assert.deepEqual(requests.map(({ sourceId }) => sourceId).toSorted(), ["tickets-source", "wiki-source"]);
});

test("docs/library.md: an activity that is an object ends with IDLE", async (t) => {
  const { log } = await outcomeOf(t, "startActivity");
  assert.deepEqual(log, ["INCREMENTAL completed"]);
});

test("docs/library.md: a connector with a journal sets REBUILD, then IDLE", async (t) => {
  const { log } = await outcomeOf(t, "recoverUnfinished");
  assert.deepEqual(log, ["REBUILD completed"]);
});

test("docs/library.md: the events of a call are printed", async (t) => {
  const { stdout } = await outcomeOf(t, "onEvent");
  const types = stdout.trim().split("\n");
  assert.deepEqual(
    types.map((line) => line.split(" ").slice(1, 4).join(" ")),
    ["attempt", "reply", "done"].map((type) => `wiki-source IDLE ${type}`),
  );
});

test("docs/library.md: a preview is printed with the token masked, and nothing is sent", async (t) => {
  const { stdout, requests } = await outcomeOf(t, '"REFRESH"');
  assert.match(stdout, /statusType=REFRESH/);
  assert.doesNotMatch(stdout, /my-token/);
  assert.deepEqual(requests, []);
});

test("docs/library.md: the WebAssembly is started from its file", async (t) => {
  const { stdout } = await outcomeOf(t, "push-source-status/wasm");
  assert.equal(
    stdout,
    "https://push.cloud.coveo.com/v1/organizations/my-organization/sources/my-source/status?statusType=IDLE\n",
  );
});
