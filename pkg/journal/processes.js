import { execFileSync } from "node:child_process";
import { allInProc, findInProc, isAnyMarked, isOwnProc } from "../processes/proc.js";

/**
 * The processes of this machine as far as they can be seen. A process is `{ group, startedAt, isZombie }`; what cannot
 * be told of it is `null`.
 */
export class Processes {
  #table;

  constructor() {
    this.#table = table();
  }

  /** A process, a zombie too; `undefined` if there is none for certain. */
  find(pid) {
    return exists(pid)
      ? (this.#table.find(pid) ?? { group: null, startedAt: null, isZombie: false })
      : undefined;
  }

  /** Whether a process of a group is left, zombies aside. */
  hasGroup(group) {
    if (!exists(-group)) return false;
    const members = this.#table.all().filter((process) => process.group === group);
    // That there are some the system says also where others' processes are hidden.
    return members.length === 0 || members.some(({ isZombie }) => !isZombie);
  }

  /** Whether a process was started with a variable, `NAME=value`, in its environment: as far as that can be seen. */
  hasMark(mark) {
    return this.#table.isAnyMarked(mark);
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

/** Where nothing can be told but whether there is a process. */
const unseen = { find: () => undefined, all: () => [], isAnyMarked: () => false };

const proc = { find: findInProc, all: allInProc, isAnyMarked };

/** What `ps` says, where there is no /proc. It is asked once. */
class ProcessList {
  #byPid;

  find(pid) {
    return this.#read().get(pid);
  }

  all() {
    return [...this.#read().values()];
  }

  /** `ps` shows them on some systems, and in a way that cannot be told apart from arguments. */
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
      // The start as the same text for whoever asks.
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
