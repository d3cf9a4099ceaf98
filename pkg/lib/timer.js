/** A timer that calls back with the time that it was set for. */
export class Timer {
  #onDue;
  #due;
  #handle;
  #set;
  #clear;

  constructor(onDue) {
    this.#onDue = onDue;
  }

  /**
   * Sets it in place of what it was set to; to nothing, where nothing is due. Where the host's `setTimeout` is no longer
   * the one that it was set with, it is set anew: one that a test has put there and taken away never calls back.
   */
  set(due, delayMs) {
    if (due === this.#due && (due === undefined || this.#set === globalThis.setTimeout)) return;
    if (this.#due !== undefined) this.#clear.call(globalThis, this.#handle);
    this.#due = due;
    if (due === undefined) return;
    this.#set = globalThis.setTimeout;
    this.#clear = globalThis.clearTimeout;
    this.#handle = globalThis.setTimeout(() => {
      if (this.#due !== due) return;
      this.#due = undefined;
      this.#onDue(due);
    }, delayMs);
  }
}
