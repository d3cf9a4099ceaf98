import { constants } from "node:os";

/** The signals with which people and supervisors stop a command. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Waits for the first signal. */
export function interrupted() {
  return new Promise((settle) => {
    for (const name of SIGNALS) process.once(name, settle);
  });
}

/** The cancellation of a command's work by a signal. */
export class Interruption {
  #controller = new AbortController();
  #interrupt = (name) => {
    this.name = name;
    this.#controller.abort(new Error(`stopped by ${name.replace(/^SIG/, "")}`));
  };

  constructor() {
    // Only once, so that a second signal of the same kind ends the command at once.
    for (const name of SIGNALS) process.once(name, this.#interrupt);
  }

  get signal() {
    return this.#controller.signal;
  }

  /** The exit code of the signal, as shells define it. */
  get exitCode() {
    return 128 + constants.signals[this.name];
  }

  /** Stops listening. */
  end() {
    for (const name of SIGNALS) process.removeListener(name, this.#interrupt);
  }
}
