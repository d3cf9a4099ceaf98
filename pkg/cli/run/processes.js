import { allInProc, findInProc, isMarked, isOwnProc } from "../../processes/proc.js";

/**
 * The processes of a group, zombies included; `undefined` where the system does not tell.
 *
 * @returns {ReturnType<typeof allInProc> | undefined}
 */
export function processesOf(groupId) {
  return isOwnProc() ? allInProc().filter(({ group }) => group === groupId) : undefined;
}

/** The group of a process; `undefined` where the system does not tell. */
export function groupOf(pid) {
  return isOwnProc() ? findInProc(pid)?.group : undefined;
}

/** Whether a process was started with that variable. Of somebody else's process that is not known. */
export function hasVariable(pid, name, value) {
  return isMarked(pid, `${name}=${value}`);
}
