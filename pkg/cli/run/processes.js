import { allInProc, findInProc, isMarked, isOwnProc } from "../../processes/proc.js";

/**
 * Returns the processes of a group, including zombies, or `undefined` on systems without a usable /proc.
 *
 * @returns {ReturnType<typeof allInProc> | undefined}
 */
export function processesOf(groupId) {
  return isOwnProc() ? allInProc().filter(({ group }) => group === groupId) : undefined;
}

/** Returns the group of a process, or `undefined` on systems without a usable /proc. */
export function groupOf(pid) {
  return isOwnProc() ? findInProc(pid)?.group : undefined;
}

/** Returns whether a process was started with a variable; `false` for processes of other users. */
export function hasVariable(pid, name, value) {
  return isMarked(pid, `${name}=${value}`);
}
