import { spawn } from "node:child_process";
import { constants } from "node:os";
import { NOT_EXECUTABLE, NOT_FOUND, ProgramError } from "./executable.js";

/** The program that is run: its streams and its terminal are those of this process, byte for byte. */
export class Program {
  #child;
  #isOver = false;

  /**
   * @param {string} file what to start
   * @param {string[]} commandLine its name as it was given, and its arguments
   * @param {NodeJS.ProcessEnv} env
   */
  constructor(file, [argv0, ...args], env) {
    this.ended = this.#start(file, args, { argv0, env, stdio: "inherit" });
  }

  get pid() {
    return this.#child?.pid;
  }

  /** Sends a signal; to a program that is over it means nothing. */
  send(signal) {
    if (!this.#isOver) this.#child?.kill(signal);
  }

  /** @returns {Promise<{ exitCode: number, signal: string | null }>} rejects with a ProgramError if it never began */
  #start(file, args, options) {
    return new Promise((resolve, reject) => {
      const fail = (error) => {
        this.#isOver = true;
        const exitCode = error.code === "ENOENT" ? NOT_FOUND : NOT_EXECUTABLE;
        reject(new ProgramError(`${file} could not be started (${error.code})`, exitCode));
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
        this.#isOver = true;
        resolve({ exitCode: signal ? 128 + constants.signals[signal] : code, signal });
      });
    });
  }
}
