import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";

const PACKAGE = new URL("./package.js", import.meta.url).href;
const SAMPLE = new URL("./sample.js", import.meta.url).href;

/**
 * Runs a program in a process of its own, for what cannot be seen from inside one: whether it ends by itself, and what
 * it does in another environment. The package's and the sample's names are in scope.
 *
 * @param {import("node:test").TestContext} t
 * @param {string} source an ES module; `process.argv[1]` is the first of `args`
 * @param {{ args?: string[], env?: Record<string, string>, limitMs?: number }} [options]
 */
export async function runProgram(t, source, { args = [], env = {}, limitMs = 10_000 } = {}) {
  const module = `
    const { StatusClient, StatusError, statuses, isStatusType, isRegion } = await import(${JSON.stringify(PACKAGE)});
    const { ORGANIZATION, SOURCE, TOKEN } = await import(${JSON.stringify(SAMPLE)});
    ${source}`;
  const startedAt = performance.now();
  const child = spawn(process.execPath, ["--input-type=module", "--eval", module, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: limitMs,
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
    `the program did not end by itself within ${limitMs} ms\n${output.stderr}`,
  );
  return { code, signal, ...output, elapsedMs: performance.now() - startedAt };
}
