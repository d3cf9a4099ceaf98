import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The option `skip` of a test that looks at processes as Linux shows them. */
export const skip = process.platform !== "linux" && "NOT RUN: it takes the /proc of Linux";

/** The letter of a process's state, its parent and its group; `undefined` when it is gone. */
export function look(pid) {
  const stat = contentOf(`${pid}/stat`);
  if (stat === "") return undefined;
  const [state, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { state, parent: Number(parent), group: Number(group) };
}

/** Whether a process does anything still: a zombie does not. */
export function works(pid) {
  return !["Z", "X", undefined].includes(look(pid)?.state);
}

/** Resolves when a condition holds. One that never does ends with the test. */
export async function until(holds) {
  while (!holds()) await sleep(10);
}

export function childrenOf(pid) {
  return pids().filter((one) => look(one)?.parent === pid);
}

/** Kills whatever was started with that variable in its environment, in whichever group it is by now. */
export function killMarked(name, value) {
  const isMarked = (pid) => contentOf(`${pid}/environ`).split("\0").includes(`${name}=${value}`);
  for (const pid of pids().filter(isMarked)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself.
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
