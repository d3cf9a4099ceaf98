import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = new URL("../../", import.meta.url);
const folder = fileURLToPath(new URL("examples/typescript/", root));
const tsc = fileURLToPath(new URL("node_modules/.bin/tsc", root));
const execute = promisify(execFile);

/** An example that is a test file must run by itself. */
const { NODE_TEST_CONTEXT: _, ...env } = process.env;

before(() => execute(tsc, ["--project", folder]));

test("the TypeScript connector's tests pass", async () => {
  const { stdout } = await execute(process.execPath, ["--test", "build/connector.test.js"], {
    cwd: folder,
    env,
  });
  assert.match(stdout, /^. pass [1-9]/m);
  assert.match(stdout, /^. fail 0$/m);
});

test("the TypeScript connector runs as a program, to its end", async () => {
  const program = `
    import { startEmulator } from "push-source-status/emulator";
    const emulator = await startEmulator();
    const interception = emulator.interceptFetch();
    await import("./build/main.js");
    interception.dispose();
    await emulator.close();
    console.log([...emulator.documents("wiki").keys()].join(" "));
    console.log(emulator.activities("wiki").map(({ state }) => state).join(" "));`;
  const settings = { COVEO_ORGANIZATION_ID: "o", COVEO_SOURCE_ID: "wiki", COVEO_ACCESS_TOKEN: "t" };
  const { stdout } = await execute(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: folder,
    env: { ...env, ...settings },
  });
  assert.deepEqual(stdout.trim().split("\n"), [
    "2 pages were pushed",
    "https://wiki.example/welcome https://wiki.example/travel",
    "completed",
  ]);
});
