import { spawn } from "node:child_process";
import { constants } from "node:os";
import { NOT_EXECUTABLE, NOT_FOUND } from "./executable.js";
import { OwnGroup } from "./own-group.js";
import { SharedGroup } from "./shared-group.js";

/**
 * The program that is run, and what it starts. Its streams and its terminal are those of this process, byte for byte.
 */
export class Program {
  #child;
  #group;

  /**
   * @param {string} file what to start
   * @param {string[]} commandLine its name as it was given, and its arguments
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

  /** What still works of the program's processes, when the program itself has ended. */
  get rest() {
    const members = this.#group?.members() ?? [];
    return members.map(({ pid, name }) => ({ pid, name }));
  }

  /** Sends a signal to the program and to what it has started. */
  send(signal) {
    this.#group?.send(signal);
  }

  /** @returns whether there was anything to kill: in a group that others are in, that is the program alone */
  kill() {
    return this.#group?.kill() ?? false;
  }

  /**
   * @returns {Promise<{ exitCode: number, signal: string | null, refusal?: string }>} `refusal` says why it never began:
   *   it was found, and yet the system refused it
   */
  #start(file, args, options) {
    return new Promise((resolve) => {
      const fail = (error) => {
        const exitCode = error.code === "ENOENT" ? NOT_FOUND : NOT_EXECUTABLE;
        resolve({ exitCode, signal: null, refusal: `${file} could not be started (${error.code})` });
      };
      try {
        this.#child = spawn(file, args, options);
      } catch (error) {
        // Some failures, too many arguments for example, are thrown at once.
        return fail(error);
      }
      this.#child.on("error", (error) => {
        // A signal that cannot be delivered is told here too.
        if (this.#child.pid === undefined) fail(error);
      });
      this.#child.on("exit", (code, signal) => {
        resolve({ exitCode: signal ? 128 + constants.signals[signal] : code, signal });
      });
    });
  }
}
