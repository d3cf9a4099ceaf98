import { groupOf, hasVariable, processesOf } from "./processes.js";

/** The variable by which the processes of a run are told from others. */
export const RUN_VARIABLE = "PUSH_SOURCE_RUN";

/**
 * The program and what it starts in a group that others are in: this process, and on a terminal the rest of a pipeline.
 * So each process is looked at and signalled on its own, and only the program itself is killed.
 */
export class SharedGroup {
  #program;
  #runId;

  /**
   * @param {import("node:child_process").ChildProcess} program
   * @param {string} runId what all of them have in their environment
   */
  constructor(program, runId) {
    this.#program = program;
    this.#runId = runId;
  }

  /** What still works, beside the program itself. A process that starts another one and ends can be missed by one look. */
  members() {
    const working = this.#look();
    return working.length > 0 ? working : this.#look();
  }

  send(signal) {
    for (const { pid } of this.#look()) {
      try {
        process.kill(pid, signal);
      } catch {
        // It has ended meanwhile.
      }
    }
    return this.#program.kill(signal);
  }

  /** @returns whether there was anybody */
  kill() {
    return this.#program.kill("SIGKILL");
  }

  #look() {
    const all = processesOf(groupOf(process.pid)) ?? [];
    const others = all.filter(({ pid, isZombie }) => !isZombie && pid !== this.#program.pid);
    return others.filter(({ pid }) => hasVariable(pid, RUN_VARIABLE, this.#runId));
  }
}
