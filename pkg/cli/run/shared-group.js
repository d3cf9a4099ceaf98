import { groupOf, hasVariable, processesOf } from "./processes.js";

/** The variable that marks the processes of a run. */
export const RUN_VARIABLE = "PUSH_SOURCE_RUN";

/**
 * The program and the processes that it starts, in a group with others: this process, and on a terminal the rest of a
 * pipeline. Each process is therefore found and signalled separately, and only the program itself is killed.
 */
export class SharedGroup {
  #program;
  #runId;

  /**
   * @param {import("node:child_process").ChildProcess} program
   * @param {string} runId the value that marks the processes in their environment
   */
  constructor(program, runId) {
    this.#program = program;
    this.#runId = runId;
  }

  /** Lists the processes that still run besides the program. It looks twice, for the same reason as in `OwnGroup`. */
  members() {
    const working = this.#look();
    return working.length > 0 ? working : this.#look();
  }

  send(signal) {
    for (const { pid } of this.#look()) {
      try {
        process.kill(pid, signal);
      } catch {
        // The process has already ended.
      }
    }
    return this.#program.kill(signal);
  }

  /** @returns whether there was a process to kill */
  kill() {
    return this.#program.kill("SIGKILL");
  }

  #look() {
    const all = processesOf(groupOf(process.pid)) ?? [];
    const others = all.filter(({ pid, isZombie }) => !isZombie && pid !== this.#program.pid);
    return others.filter(({ pid }) => hasVariable(pid, RUN_VARIABLE, this.#runId));
  }
}
