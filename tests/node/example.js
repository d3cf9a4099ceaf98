import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { ORGANIZATION, SOURCE, TOKEN } from "./sample.js";

const EXAMPLES = new URL("../../examples/", import.meta.url);

/**
 * Starts an example in its own process, with the settings that its header names.
 *
 * @param {import("node:test").TestContext} t
 * @param {{ endpoint: string }} server
 * @param {string} name
 * @param {{ args?: string[], node?: string, nodeArgs?: string[], env?: Record<string, string> }} [options]
 */
export function startExample(t, { endpoint }, name, options = {}) {
  const { args = [], node = process.execPath, nodeArgs = [], env = {} } = options;
  const file = fileURLToPath(new URL(name, EXAMPLES));
  const child = spawn(node, [...nodeArgs, file, ...args], {
    env: { ...environment(), COVEO_ENDPOINT: endpoint, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  t.after(() => child.kill("SIGKILL"));
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) {
    child[name].setEncoding("utf8").on("data", (text) => (output[name] += text));
  }
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal, ...output }));
  return { child, ended };
}

/** Runs an example to its end. */
export function runExample(...args) {
  return startExample(...args).ended;
}

function environment() {
  const env = {
    ...process.env,
    COVEO_ORGANIZATION_ID: ORGANIZATION,
    COVEO_SOURCE_ID: SOURCE,
    COVEO_ACCESS_TOKEN: TOKEN,
  };
  delete env.COVEO_REGION; // it excludes the endpoint
  delete env.NODE_TEST_CONTEXT; // an example that is a test file must run by itself
  return env;
}
