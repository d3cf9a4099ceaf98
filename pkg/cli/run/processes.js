import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** States in /proc of what has ended, and waits for somebody to ask how. */
const OVER = new Set(["Z", "X"]);

/**
 * The processes of a group, zombies included.
 *
 * @returns {{ pid: number, name: string, isOver: boolean }[] | undefined} `undefined` where the system does not tell
 */
export function processesOf(groupId) {
  if (!canTell()) return undefined;
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(read)
    .filter((one) => one?.groupId === groupId);
}

/** The group of a process; `undefined` where the system does not tell. */
export function groupOf(pid) {
  return canTell() ? read(pid)?.groupId : undefined;
}

/** Whether a process was started with that variable. Of somebody else's process that is not known. */
export function hasVariable(pid, name, value) {
  return contentOf(`${pid}/environ`).split("\0").includes(`${name}=${value}`);
}

/** In a namespace of its own, a process may look at a /proc that numbers the processes otherwise. */
function canTell() {
  try {
    return readlinkSync("/proc/self") === String(process.pid);
  } catch {
    return false;
  }
}

/** A name may hold blanks and brackets, and ends with the last one: `7 (a name) S 1 7 7 …`. */
function read(pid) {
  const stat = contentOf(`${pid}/stat`);
  const end = stat.lastIndexOf(")");
  if (end < 0) return undefined;
  const [state, , groupId] = stat.slice(end + 2).split(" ");
  const name = stat.slice(stat.indexOf("(") + 1, end);
  return { pid: Number(pid), name, groupId: Number(groupId), isOver: OVER.has(state) };
}

/** Empty where the process is gone by now, or may not be looked at. */
function contentOf(path) {
  try {
    return readFileSync(`/proc/${path}`, "utf8");
  } catch {
    return "";
  }
}
