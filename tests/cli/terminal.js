import { spawnSync } from "node:child_process";

import { BIN, Child, environment, spawnMarked } from "./command-line.js";

/** Whether `script` is the one of util-linux. Other systems have different programs by that name. */
const hasTerminals = /util-linux/.test(spawnSync("script", ["--version"], { encoding: "utf8" }).stdout ?? "");

/** The option `skip` of a test that needs a pseudo-terminal. Continuous integration must have one. */
export const skip =
  !hasTerminals &&
  !process.env.CI &&
  "NOT RUN: it takes the program `script` of util-linux to make a terminal";

/**
 * Starts the command line in a pseudo-terminal that is its controlling terminal. `stdin` is the keyboard, and `stdout`
 * is the screen. Killing the child closes the terminal.
 */
export function startInTerminal(t, args, { server, env } = {}) {
  return startCommandInTerminal(t, [process.execPath, BIN, ...args], environment(server, env));
}

/** Starts any command in a pseudo-terminal. */
export function startCommandInTerminal(t, command, env) {
  const line = `exec ${command.map(quoted).join(" ")}`;
  const child = spawnMarked("script", ["--quiet", "--return", "--flush", "--command", line, "/dev/null"], {
    env: { SHELL: "/bin/sh", TERM: "xterm", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  return new Child(t, child);
}

/** Returns a word in the form in which a shell reads it unchanged. */
export function quoted(word) {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
