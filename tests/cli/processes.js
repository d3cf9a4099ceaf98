import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The option `skip` of a test that reads processes from Linux's /proc. */
export const skip = process.platform !== "linux" && "NOT RUN: it takes the /proc of Linux";

/** Returns a process's state as a letter, its parent and its group; `undefined` when it is gone. */
export function look(pid) {
  const stat = contentOf(`${pid}/stat`);
  if (stat === "") return undefined;
  const [state, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { state, parent: Number(parent), group: Number(group) };
}

/** Returns whether a process still works. A zombie does not. */
export function works(pid) {
  return !["Z", "X", undefined].includes(look(pid)?.state);
}

/** Resolves when a condition holds. If it never does, the test's own limit ends it. */
export async function until(holds) {
  while (!holds()) await sleep(10);
}

export function childrenOf(pid) {
  return pids().filter((one) => look(one)?.parent === pid);
}

/** Kills all processes with that variable in their environment, in whatever group they are. */
export function killMarked(name, value) {
  const isMarked = (pid) => contentOf(`${pid}/environ`).split("\0").includes(`${name}=${value}`);
  for (const pid of pids().filter(isMarked)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has already ended.
    }
  }
}

function pids() {
  if (skip) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function contentOf(path) {
  try {
    return readFileSync(`/proc/${path}`, "latin1");
  } catch {
    return "";
  }
}
