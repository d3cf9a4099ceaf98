import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "./project.js";

/** A failure that was foreseen: its text says what to do, so no stack is printed. */
export class Failure extends Error {}

/** `PATH` with these folders looked at first. */
export function withPath(folders, env = process.env) {
  return { ...env, PATH: [...folders, env.PATH].join(delimiter) };
}

/** The path of a program, found as a shell would find it; `undefined` where there is none. */
export function pathOf(name) {
  if (name.includes("/")) return name;
  return process.env.PATH.split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** npm as it runs this script; where none does, the one on `PATH`. */
export function npm(...args) {
  const script = process.env.npm_execpath;
  return script?.endsWith(".js") ? [process.execPath, script, ...args] : ["npm", ...args];
}

/** Runs a command whose output the user sees; rejects unless it succeeds. */
export async function run([command, ...args], options = {}) {
  const { status } = await spawned(command, args, { stdio: "inherit", ...options });
  if (status !== 0) throw new Failure(`\`${[command, ...args].join(" ")}\` failed (${status})`);
}

/** Runs a command for what it prints: `{ status, output }`, both streams together. */
export function capture([command, ...args], options = {}) {
  return spawned(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
}

/** `status` is the exit code, the name of the signal, or why the command could not be started. */
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
