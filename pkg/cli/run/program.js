import { spawn } from "node:child_process";
import { constants } from "node:os";
import { NOT_EXECUTABLE, NOT_FOUND } from "./executable.js";
import { OwnGroup } from "./own-group.js";
import { SharedGroup } from "./shared-group.js";

/** The file itself is there, so the system misses the one that its first line names. */
const NO_INTERPRETER =
  "; check the program that its #! line names, and that the line does not end with a carriage return";

/**
 * The program that is run, and the processes that it starts. It shares the streams and the terminal of this process.
 */
export class Program {
  #child;
  #group;

  /**
   * @param {string} file the path of the executable
   * @param {string[]} commandLine the program's name as it was given, and its arguments
   * @param {{ env: NodeJS.ProcessEnv, hasOwnGroup: boolean, runId: string }} surroundings
   */
  constructor(file, [argv0, ...args], { env, hasOwnGroup, runId }) {
    this.hasOwnGroup = hasOwnGroup;
    this.ended = this.#start(file, args, { argv0, env, stdio: "inherit", detached: hasOwnGroup });
    if (this.pid === undefined) return;
    this.#group = hasOwnGroup ? new OwnGroup(this.pid) : new SharedGroup(this.#child, runId);
  }

  get pid() {
    return this.#child?.pid;
  }

  /** The processes that still run after the program itself has ended. */
  get rest() {
    const members = this.#group?.members() ?? [];
    return members.map(({ pid, name }) => ({ pid, name }));
  }

  /** Sends a signal to the program and to the processes that it has started. */
  send(signal) {
    this.#group?.send(signal);
  }

  /** @returns whether there was a process to kill; in a group with others, only the program is killed */
  kill() {
    return this.#group?.kill() ?? false;
  }

  /**
   * @returns {Promise<{ exitCode: number, signal: string | null, refusal?: string }>} `refusal` is the reason if the
   *   system refused to start a program that was found
   */
  #start(file, args, options) {
    return new Promise((resolve) => {
      const fail = (error) => {
        const isMissing = error.code === "ENOENT";
        const exitCode = isMissing ? NOT_FOUND : NOT_EXECUTABLE;
        const remedy = isMissing ? NO_INTERPRETER : "";
        resolve({
          exitCode,
          signal: null,
          refusal: `${file} could not be started (${error.code})${remedy}`,
        });
      };
      try {
        this.#child = spawn(file, args, options);
      } catch (error) {
        // Some failures are thrown at once, for example too many arguments.
        return fail(error);
      }
      this.#child.on("error", (error) => {
        // This event also reports a signal that could not be delivered.
        if (this.#child.pid === undefined) fail(error);
      });
      this.#child.on("exit", (code, signal) => {
        resolve({ exitCode: signal ? 128 + constants.signals[signal] : code, signal });
      });
    });
  }
}
