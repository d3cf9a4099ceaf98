import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("keeper-program.js", import.meta.url));

/**
 * Starts a process that keeps a journal, and waits until it does.
 *
 * @param {import("node:test").TestContext} t
 * @param {object} task the task of `keeper-program.js`
 * @param {(command: string[]) => string[]} [within] makes a command line that runs the process elsewhere
 */
export async function startKeeper(t, task, within) {
  const own = [process.execPath, PROGRAM, JSON.stringify(task)];
  const [command, ...args] = within ? within(own) : own;
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  const [line] = await Promise.race([
    once(createInterface(child.stdout), "line"),
    ended.then(([code, signal]) => Promise.reject(new Error(`the keeper ended with ${code ?? signal}`))),
  ]);
  const { pid, group } = JSON.parse(line);
  // From a namespace, the number may be that of another group out here.
  if (group && !within) t.after(() => killed(task.hasOwnGroup === false ? group : -group));
  t.after(() => child.kill("SIGKILL"));
  return { child, ended, pid, group };
}

function killed(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // The group has ended.
  }
}

/** Starts a process that keeps a journal, and kills it. Its record or claim stays. */
export async function killedKeeper(t, task) {
  const { child, ended, pid } = await startKeeper(t, task);
  child.kill("SIGKILL");
  await ended;
  return pid;
}
