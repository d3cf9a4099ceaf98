import { constants } from "node:os";

/** What a person or a supervisor stops a command with. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Takes back what a command has under way when a signal comes. */
export class Interruption {
  #controller = new AbortController();
  #interrupt = (name) => {
    this.name = name;
    this.#controller.abort(new Error(`stopped by ${name.replace(/^SIG/, "")}`));
  };

  constructor() {
    // Once: the same signal again ends the command at once, as if it had never been listened to.
    for (const name of SIGNALS) process.once(name, this.#interrupt);
  }

  get signal() {
    return this.#controller.signal;
  }

  /** As a shell gives it for a signal. */
  get exitCode() {
    return 128 + constants.signals[this.name];
  }

  /** Listens no more. */
  end() {
    for (const name of SIGNALS) process.removeListener(name, this.#interrupt);
  }
}
