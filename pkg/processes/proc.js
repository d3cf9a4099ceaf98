/** What the /proc of Linux tells of processes. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** States of what has ended, and waits for somebody to ask how. */
const OVER = new Set(["Z", "X"]);

/** In a namespace of its own a process may see the /proc of the one outside, which numbers the processes otherwise. */
export function isOwnProc() {
  try {
    return readlinkSync("/proc/self") === `${process.pid}`;
  } catch {
    return false;
  }
}

/** The processes that are there, zombies included. */
export function allInProc() {
  return pids()
    .map(findInProc)
    .filter((found) => found !== undefined);
}

/** @returns {{ pid: number, name: string, group: number, startedAt: string, isZombie: boolean } | undefined} */
export function findInProc(pid) {
  const stat = contentOf(`${pid}/stat`);
  // A name may hold blanks and brackets, and ends with the last one: `7 (a name) S 1 7 7 …`.
  const end = stat.lastIndexOf(")");
  if (end < 0) return undefined;
  const [state, , group, ...rest] = stat.slice(end + 2).split(" ");
  const name = stat.slice(stat.indexOf("(") + 1, end);
  return { pid: Number(pid), name, group: Number(group), startedAt: rest[16], isZombie: OVER.has(state) };
}

/** Whether a process was started with a variable, `NAME=value`. Of somebody else's process that is not known. */
export function isMarked(pid, mark) {
  return contentOf(`${pid}/environ`).split("\0").includes(mark);
}

/** Whether another process than this one was: this one may have been started by what it asks about. */
export function isAnyMarked(mark) {
  return pids().some((pid) => pid !== `${process.pid}` && isMarked(pid, mark));
}

function pids() {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
}

/** Empty where the process is gone by now, or may not be looked at. */
function contentOf(path) {
  try {
    return readFileSync(`/proc/${path}`, "utf8");
  } catch {
    return "";
  }
}
