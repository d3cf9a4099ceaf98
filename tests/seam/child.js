import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** The time limit of a program that never ends. Every other program takes less on any machine. */
const LIMIT_MS = 60_000;

/**
 * Runs a file of the folder `programs` to its end, in a new process.
 *
 * @param {import("node:test").TestContext} t
 * @param {import("./runtimes.js").Runtime} runtime
 * @param {string} name
 * @param {{ args?: object, options?: string[], env?: Record<string, string> }} [settings] `args` reach the program as
 *   JSON, and the runtime gets the `options`
 */
export async function runFile(t, runtime, name, settings = {}) {
  const { args = {}, options = [], env = {} } = settings;
  const file = fileURLToPath(new URL(`programs/${name}`, import.meta.url));
  const command = [...(await runtime.command()), ...options, file, JSON.stringify(args)];
  return runCommand(t, command, { env });
}

/** Runs a command to its end, and kills it at a time limit. */
export async function runCommand(t, [program, ...args], { env = {}, cwd, limitMs = LIMIT_MS } = {}) {
  const child = spawn(program, args, {
    cwd,
    // A child of Node's test runner would take itself for one of the runner's test files.
    env: { ...process.env, NODE_TEST_CONTEXT: undefined, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let hasEnded = false;
  // The whole group is killed, because a test runner has child processes.
  const kill = () => hasEnded || process.kill(-child.pid, "SIGKILL");
  const timer = setTimeout(kill, limitMs);
  t.after(kill);
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (output.stderr += text));
  const [code, signal] = await once(child, "close");
  hasEnded = true;
  clearTimeout(timer);
  return { code: code ?? signal, ...output };
}

/** Runs a file, and returns its report: the last line that it has printed, as JSON. */
export async function reportOf(t, runtime, name, settings) {
  const { code, stdout, stderr } = await runFile(t, runtime, name, settings);
  assert.equal(code, 0, `the program ended with ${code}\n${stdout}${stderr}`);
  return JSON.parse(stdout.trimEnd().split("\n").at(-1));
}
