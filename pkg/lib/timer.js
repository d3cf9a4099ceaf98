import { attempted } from "./foreign.js";

/** The original functions of the host, used if their replacements throw. */
const { setTimeout: firstSet, clearTimeout: firstClear } = globalThis;

/** A timer that passes the time for which it was set to its callback. */
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
   * Sets the timer, or clears it if nothing is due. A timer that fires earlier is kept: it is set again when it fires,
   * and a new one for each request would cost more. If the host's `setTimeout` has been replaced, the timer is set
   * again at once, because a timer of a test's removed fake never fires.
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
      // Without any timers, calling back too early is better than never.
      if (this.#handle === undefined) void Promise.resolve().then(onTime);
    }
  }

  #fire(due) {
    // A timer that could not be cleared may fire late.
    if (this.#due !== due) return;
    this.#due = undefined;
    this.#onDue(due);
  }
}
