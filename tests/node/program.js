import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** In this folder, the imports of a program find the package. */
const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const PACKAGE = new URL("./package.js", import.meta.url).href;
const SAMPLE = new URL("./sample.js", import.meta.url).href;

/** The limit for a program that never ends. Any other takes less, even on a slow machine. */
const LIMIT_MS = 60_000;

/**
 * Runs a program in its own process. So a test can see whether it ends by itself, and what it does in another environment. The
 * names of the entry and of the sample are in scope.
 *
 * @param {import("node:test").TestContext} t
 * @param {string} source an ES module; `process.argv[1]` is the first of `args`
 * @param {{ entry?: string, args?: string[], env?: Record<string, string> }} [options]
 */
export async function runProgram(t, source, { entry = PACKAGE, args = [], env = {} } = {}) {
  const module = `
    const { start, StatusClient, StatusError, statuses } = await import(${JSON.stringify(entry)});
    const { ORGANIZATION, SOURCE, TOKEN } = await import(${JSON.stringify(SAMPLE)});
    ${source}`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", module, ...args], {
    cwd: REPOSITORY,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LIMIT_MS,
    killSignal: "SIGKILL",
  });
  t.after(() => child.kill("SIGKILL"));
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (output.stderr += text));
  const [code, signal] = await once(child, "close");
  assert.notEqual(
    signal,
    "SIGKILL",
    `the program did not end by itself within ${LIMIT_MS} ms\n${output.stderr}`,
  );
  return { code, ...output };
}
