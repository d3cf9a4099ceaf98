import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "./project.js";

/** An expected failure. Its text says what to do, so no stack is printed. */
export class Failure extends Error {}

/** Returns an environment whose `PATH` begins with these folders. */
export function withPath(folders, env = process.env) {
  return { ...env, PATH: [...folders, env.PATH].join(delimiter) };
}

/** Finds a program as a shell does. Returns its path, or `undefined`. */
export function pathOf(name) {
  if (name.includes("/")) return name;
  return process.env.PATH.split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** The command line of the npm that runs this script, or else of the one on `PATH`. */
export function npm(...args) {
  const script = process.env.npm_execpath;
  return script?.endsWith(".js") ? [process.execPath, script, ...args] : ["npm", ...args];
}

/** Runs a command and shows its output. Rejects unless it succeeds. */
export async function run([command, ...args], options = {}) {
  const { status } = await spawned(command, args, { stdio: "inherit", ...options });
  if (status !== 0) throw new Failure(`\`${[command, ...args].join(" ")}\` failed (${status})`);
}

/** Runs a command and returns `{ status, output }`. The output has both streams. */
export function capture([command, ...args], options = {}) {
  return spawned(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
}

/** `status` is the exit code, the name of the signal, or the code of the error that prevented the start. */
function spawned(command, args, { onOutput, ...options }) {
  return new Promise((settle) => {
    const child = spawn(command, args, { cwd: root, ...options });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text) => {
        output += text;
        onOutput?.(text);
      });
    }
    child.on("error", (error) => settle({ status: error.code, output }));
    child.on("close", (code, signal) => settle({ status: code ?? signal, output }));
  });
}
