import { spawnSync } from "node:child_process";

import { BIN, Child, environment, spawnMarked } from "./command-line.js";

/** `script` of util-linux gives a command a pseudo-terminal of its own; other systems have others by that name. */
const hasTerminals = /util-linux/.test(spawnSync("script", ["--version"], { encoding: "utf8" }).stdout ?? "");

/** The option `skip` of a test that needs a pseudo-terminal. Continuous integration has to have one. */
export const skip =
  !hasTerminals &&
  !process.env.CI &&
  "NOT RUN: it takes the program `script` of util-linux to make a terminal";

/**
 * Starts the command line in a pseudo-terminal that is its controlling terminal. What is typed goes to `stdin`, what
 * the terminal shows comes as `stdout`; when the child is killed, the terminal is closed.
 */
export function startInTerminal(t, args, { server, env } = {}) {
  return startCommandInTerminal(t, [process.execPath, BIN, ...args], environment(server, env));
}

/** The same for any command. */
export function startCommandInTerminal(t, command, env) {
  const line = `exec ${command.map(quoted).join(" ")}`;
  const child = spawnMarked("script", ["--quiet", "--return", "--flush", "--command", line, "/dev/null"], {
    env: { SHELL: "/bin/sh", TERM: "xterm", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  return new Child(t, child);
}

/** A word as a shell reads it. */
export function quoted(word) {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
