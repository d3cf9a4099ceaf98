import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { startEmulator } from "../../pkg/emulator/index.js";
import { BIN, Child, spawnMarked, start } from "../cli/command-line.js";
import { freePort } from "../faults/port.js";
import { isStatusType, statuses } from "./package.js";

const COMMAND = "push-source-status";
const root = new URL("../../", import.meta.url);
const stateFolder = await mkdtemp(join(tmpdir(), "readme-state-"));
after(() => rm(stateFolder, { recursive: true }));
const readme = await readFile(new URL("README.md", root), "utf8");
const blocks = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
  language,
  text,
}));

test("the README has no block of a language that no test executes", () => {
  assert.deepEqual(
    blocks.filter(({ language }) => !["js", "sh"].includes(language)),
    [],
  );
});

for (const [index, { text }] of blocks.filter(({ language }) => language === "js").entries()) {
  const title = text.split("\n").find((line) => line.includes("await") || line.includes("client.")) ?? text;
  test(`the README's program ${index + 1} runs against the emulator: ${title.trim()}`, async (t) => {
    const emulator = await startEmulator();
    t.after(() => emulator.close());
    // The one thing that cannot be as it stands there: the region's host.
    const program = text.replace('region: "eu",', "endpoint: process.env.COVEO_ENDPOINT,");
    const { code, output } = await run(t, ["--input-type=module", "--eval", program], {
      COVEO_ENDPOINT: emulator.endpoint,
    });
    assert.equal(code, 0, output);
    const failed = emulator.requests.filter(({ httpStatus }) => httpStatus !== 201);
    assert.deepEqual(failed, []);
    const sends = /(setStatus|Activity)/.test(program) && program.includes("COVEO_ENDPOINT");
    assert.equal(emulator.requests.length > 0, sends);
  });
}

test("the README's command lines run against the emulator", async (t) => {
  const emulator = await startEmulator();
  t.after(() => emulator.close());
  const folder = await mkdtemp(join(tmpdir(), "readme-"));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "connector.js"), "");
  const lines = blocks
    .flatMap(({ text }) => text.trim().split("\n"))
    .filter((line) => line.startsWith(`${COMMAND} `));
  for (const line of lines) {
    const words = line.replace("--region eu", `--endpoint ${emulator.endpoint}`).split(" ").slice(1);
    if (words[0] === "page") {
      await serves(t, [...words, "--port", `${await freePort()}`]);
      continue;
    }
    const { code, output } = await run(t, [BIN, ...words], { cwd: folder });
    assert.equal(code, 0, output);
  }
  assert.deepEqual(
    emulator.requests.map(({ statusType }) => statusType),
    ["REBUILD", "IDLE", "IDLE", "IDLE"],
  );
});

test("the README's commands are the package's name and the repository's scripts", async () => {
  const { scripts } = JSON.parse(await readFile(new URL("package.json", root), "utf8"));
  const { name } = JSON.parse(await readFile(new URL("pkg/package.json", root), "utf8"));
  for (const { text } of blocks.filter(({ language }) => language === "sh")) {
    if (text.startsWith(COMMAND)) continue;
    const [npm, verb, ...words] = text.trim().split(" ");
    assert.equal(npm, "npm");
    if (verb === "install") assert.deepEqual(words, [name]);
    else assert.ok(scripts[verb], text);
  }
});

test("the README's table of statuses is the package's", () => {
  const rows = [...readme.matchAll(/^\| `([A-Z]+)` \| (.*?) \| (.*?) \| (.*?) \|$/gm)]
    .map(([, statusType, consoleName, cost, setWhen]) => ({
      statusType,
      consoleName: consoleName.replaceAll("**", ""),
      cost: cost === "–" ? null : cost,
      setWhen,
    }))
    .filter(({ statusType }) => isStatusType(statusType));
  assert.deepEqual(rows, statuses());
});

/** Starts what serves until it is ended, and sees that it does. */
async function serves(t, words) {
  const child = start(t, words);
  await child.says(/http:\/\/\S+/);
  const [address] = /http:\/\/\S+/.exec(child.stdout);
  assert.equal((await fetch(address)).status, 200);
}

async function run(t, words, { cwd = root, ...settings }) {
  const env = {
    ...process.env,
    ...settings,
    COVEO_ORGANIZATION_ID: "my-organization",
    COVEO_SOURCE_ID: "my-source",
    COVEO_ACCESS_TOKEN: "a-secret-token",
    // Where a program keeps its journal.
    XDG_STATE_HOME: stateFolder,
  };
  const child = spawnMarked(process.execPath, words, { env, cwd, stdio: ["ignore", "pipe", "pipe"] });
  const { code, stdout, stderr } = await new Child(t, child, "a-secret-token").ended;
  return { code, output: stdout + stderr };
}
