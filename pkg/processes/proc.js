/** The processes in the /proc of Linux. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** The states of processes that have ended, but whose exit code has not been read. */
const OVER = new Set(["Z", "X"]);

/** Returns whether /proc has this process's pids. In a pid namespace, it may be the /proc of the outer namespace. */
export function isOwnProc() {
  try {
    return readlinkSync("/proc/self") === `${process.pid}`;
  } catch {
    return false;
  }
}

/** Returns all processes, including zombies. */
export function allInProc() {
  return pids()
    .map(findInProc)
    .filter((found) => found !== undefined);
}

/** @returns {{ pid: number, name: string, group: number, startedAt: string, isZombie: boolean } | undefined} */
export function findInProc(pid) {
  const stat = contentOf(`${pid}/stat`);
  // A name may have spaces and parentheses, and ends at the last one: `7 (a name) S 1 7 7 …`.
  const end = stat.lastIndexOf(")");
  if (end < 0) return undefined;
  const [state, , group, ...rest] = stat.slice(end + 2).split(" ");
  const name = stat.slice(stat.indexOf("(") + 1, end);
  return { pid: Number(pid), name, group: Number(group), startedAt: rest[16], isZombie: OVER.has(state) };
}

/** Returns whether a process was started with a variable, `NAME=value`; `false` for processes of other users. */
export function isMarked(pid, mark) {
  return contentOf(`${pid}/environ`).split("\0").includes(mark);
}

/**
 * Returns whether any other process was started with a variable: of a group, if one is given. This process is ignored, since it
 * may have inherited it.
 */
export function isAnyMarked(mark, group) {
  const isOf = (pid) => group === undefined || findInProc(pid)?.group === group;
  return pids().some((pid) => pid !== `${process.pid}` && isOf(pid) && isMarked(pid, mark));
}

function pids() {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
}

/** Returns "" if the process is gone, or may not be read. */
function contentOf(path) {
  try {
    return readFileSync(`/proc/${path}`, "utf8");
  } catch {
    return "";
  }
}
