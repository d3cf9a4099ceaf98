import { attempted, hostTime, nextTask } from "./foreign.js";

/** The original functions of the host, used if their replacements throw. */
const { setTimeout: firstSet, clearTimeout: firstClear } = globalThis;

/** The delay from which a timer counts as late: the event loop was blocked, or the machine slept. */
const LATE_MS = 100;

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
    const at = attempted(hostTime) + delayMs;
    const onTime = () => this.#fire(due, at);
    try {
      this.#handle = setTimeout(onTime, delayMs);
    } catch {
      this.#clear = firstClear;
      this.#handle = attempted(() => firstSet(onTime, delayMs));
      // Without any timers, calling back too early is better than never.
      if (this.#handle === undefined) void Promise.resolve().then(onTime);
    }
  }

  async #fire(due, at) {
    if (attempted(hostTime) > at + LATE_MS) {
      // The answers that came in the meantime are read first. Two tasks give every socket its turn.
      await nextTask();
      await nextTask();
    }
    // A timer that could not be cleared may fire late.
    if (this.#due !== due) return;
    this.#due = undefined;
    this.#onDue(due);
  }
}
