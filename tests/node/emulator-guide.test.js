import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { OPERATION_NAMES } from "../../pkg/emulator/operations.js";
import { startedEmulator } from "./started-emulator.js";

const root = new URL("../../", import.meta.url);
const guide = await readFile(new URL("docs/emulator.md", root), "utf8");
const blocks = (language) =>
  [...guide.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].filter(([, found]) => found === language);
const execute = promisify(execFile);

for (const [index, [, , program]] of blocks("js").entries()) {
  test(`the emulator's guide: program ${index + 1} runs`, async () => {
    const cwd = fileURLToPath(root);
    await execute(process.execPath, ["--input-type=module", "--eval", program], { cwd });
  });
}

const skip = spawnSync("curl", ["--version"]).status !== 0 && "NOT RUN: there is no curl on this machine";

test("the emulator's guide: its lines for curl are answered", { skip }, async (t) => {
  const { controlUrl } = await startedEmulator(t, { control: true });
  const lines = blocks("sh").flatMap(([, , text]) =>
    text.split("\n").filter((line) => line.startsWith("curl ")),
  );
  assert.ok(lines.length > 0);
  for (const line of lines) {
    const here = line
      .replace("http://127.0.0.1:8080/emulator", controlUrl)
      .replace("curl", "curl --silent --fail");
    await execute("sh", ["-c", here]);
  }
});

test("the emulator's guide and its types name each operation", async () => {
  const types = await readFile(new URL("pkg/emulator/emulator-records.d.cts", root), "utf8");
  const [, union] = /export type Operation =([^;]*);/.exec(types);
  assert.deepEqual(
    [...union.matchAll(/"(.*?)"/g)].map(([, name]) => name),
    OPERATION_NAMES,
  );
  for (const name of OPERATION_NAMES) assert.ok(guide.includes(`\`${name}\``), name);
});
