import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

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
    return this.#table.environments().some((environment) => environment.split("\0").includes(mark));
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
  return procIsOurs() ? proc : unseen;
}

/** Where nothing can be told but whether there is a process. */
const unseen = { find: () => undefined, all: () => [], environments: () => [] };

/** In a namespace of its own a process may still see the /proc of the one outside, where its pid is another's. */
function procIsOurs() {
  try {
    return readlinkSync("/proc/self") === `${process.pid}`;
  } catch {
    return false;
  }
}

const proc = {
  find(pid) {
    let text;
    try {
      text = readFileSync(`/proc/${pid}/stat`, "latin1");
    } catch {
      return undefined;
    }
    // The name of the program, in parentheses, may hold anything.
    const [state, , group, ...rest] = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { group: Number(group), startedAt: rest[16], isZombie: state === "Z" || state === "X" };
  },
  all() {
    return pids()
      .map((pid) => proc.find(pid))
      .filter((process) => process !== undefined);
  },
  /** Not of this process, which may have been started by what it asks about; a zombie has none. */
  environments() {
    return pids()
      .filter((pid) => pid !== `${process.pid}`)
      .map(environmentOf);
  },
};

function pids() {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
}

/** Empty where the process is gone by now, or somebody else's. */
function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1");
  } catch {
    return "";
  }
}

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
  environments() {
    return [];
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
