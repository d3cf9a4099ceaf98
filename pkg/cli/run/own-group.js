import { processesOf } from "./processes.js";

/** A process group that contains only the program and the processes that it starts. */
export class OwnGroup {
  #id;

  /** @param {number} leader the process that the group is named after */
  constructor(leader) {
    this.#id = leader;
  }

  /** Lists the processes that still run. It looks twice: a process can start another and end during one look. */
  members() {
    if (!this.#exists()) return [];
    const working = this.#look();
    return working.length > 0 || !this.#exists() ? working : this.#look();
  }

  send(signal) {
    try {
      process.kill(-this.#id, signal);
      return true;
    } catch {
      // No process is left, or none that this user may signal.
      return false;
    }
  }

  /** @returns whether there was a process to kill */
  kill() {
    return this.send("SIGKILL");
  }

  #look() {
    const all = processesOf(this.#id) ?? [];
    if (all.length > 0) return all.filter(({ isZombie }) => !isZombie);
    return [{ pid: this.#id, name: "process group" }];
  }

  #exists() {
    try {
      process.kill(-this.#id, 0);
      return true;
    } catch (error) {
      return error.code !== "ESRCH";
    }
  }
}
