import { attempted } from "./foreign.js";

/** Those that were there first: for when the ones in their place throw. */
const { setTimeout: firstSet, clearTimeout: firstClear } = globalThis;

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
   * Sets it, or clears it where nothing is due. One that calls back earlier is left as it is: it is set anew then, and to set
   * one for each request costs more. Where the host's `setTimeout` is no longer the one that it was set with, it is set
   * anew at once: one that a test has put there and taken away never calls back.
   */
  set(due, delayMs) {
    const { setTimeout, clearTimeout } = globalThis;
    if (due === undefined ? this.#due === due : this.#due <= due && this.#set === setTimeout) return;
    if (this.#due !== undefined) attempted(() => this.#clear.call(globalThis, this.#handle));
    this.#due = due;
    if (due === undefined) return;
    this.#set = setTimeout;
    this.#clear = clearTimeout;
    const onTime = () => this.#fire(due);
    try {
      this.#handle = setTimeout(onTime, delayMs);
    } catch {
      this.#clear = firstClear;
      this.#handle = attempted(() => firstSet(onTime, delayMs));
      // Where there are no timers at all, no time passes: rather too early than never.
      if (this.#handle === undefined) void Promise.resolve().then(onTime);
    }
  }

  #fire(due) {
    // One that could not be cleared may be late.
    if (this.#due !== due) return;
    this.#due = undefined;
    this.#onDue(due);
  }
}
