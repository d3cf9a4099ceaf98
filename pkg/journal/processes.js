import { execFileSync } from "node:child_process";
import { allInProc, findInProc, isAnyMarked, isOwnProc } from "../processes/proc.js";

/**
 * The visible processes of this machine. A process is `{ group, startedAt, isZombie }`. What is not known of it is `null`.
 */
export class Processes {
  #table;

  constructor() {
    this.#table = table();
  }

  /** Returns a process or a zombie; `undefined` if there certainly is none. */
  find(pid) {
    if (!exists(pid)) return undefined;
    const found = this.#table.find(pid);
    // It may have ended in between, or be hidden as others' processes are.
    return found || !exists(pid) ? found : { group: null, startedAt: null, isZombie: false };
  }

  /** Returns whether a group has a process that is no zombie. */
  hasGroup(group) {
    if (!exists(-group)) return false;
    const members = this.#table.all().filter((process) => process.group === group);
    // The system may hide processes of other users, and says that the group has members.
    return members.length === 0 ? exists(-group) : members.some(({ isZombie }) => !isZombie);
  }

  /** Returns whether a visible process, of that group if one is given, was started with a variable, `NAME=value`. */
  hasMark(mark, group) {
    return this.#table.isAnyMarked(mark, group);
  }
}

function exists(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== "ESRCH";
  }
}

function table() {
  if (process.platform === "win32") return unseen;
  if (process.platform !== "linux") return new ProcessList();
  return isOwnProc() ? proc : unseen;
}

/** For systems that show only whether a process exists. */
const unseen = { find: () => undefined, all: () => [], isAnyMarked: () => false };

const proc = { find: findInProc, all: allInProc, isAnyMarked };

/** The output of `ps`, for systems without /proc. It runs once. */
class ProcessList {
  #byPid;

  find(pid) {
    return this.#read().get(pid);
  }

  all() {
    return [...this.#read().values()];
  }

  /** Unknown: where `ps` shows environments, they cannot be distinguished from arguments. */
  isAnyMarked() {
    return false;
  }

  #read() {
    this.#byPid ??= new Map(list());
    return this.#byPid;
  }
}

function list() {
  let text;
  try {
    text = execFileSync("ps", ["-A", "-o", "pid=,pgid=,state=,lstart="], {
      encoding: "utf8",
      // The same text in every locale and time zone.
      env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 64 * 2 ** 20,
    });
  } catch {
    return [];
  }
  const lines = [...text.matchAll(/^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/gm)];
  return lines.map(([, pid, group, state, startedAt]) => [
    Number(pid),
    { group: Number(group), startedAt, isZombie: state.startsWith("Z") },
  ]);
}
