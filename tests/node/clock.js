const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;

/**
 * The clock of this process, which a test can advance. Due timers are called at once, in order and each at its own time, so a
 * wait of minutes takes no time. Otherwise time passes as usual. Install it before the client is made: it does not affect
 * earlier timers.
 */
export class Clock {
  /** By the value that `setTimeout` returned: the due time, the callback, and the timer of the host. */
  #pending = new Map();
  #movedMs = 0;

  /** @param {import("node:test").TestContext} t the test after which the clock is restored */
  constructor(t) {
    const clocks = [performance, Date].map((clock) => ({
      clock,
      own: Object.getOwnPropertyDescriptor(clock, "now"),
    }));
    for (const { clock } of clocks) {
      const now = clock.now.bind(clock);
      clock.now = () => now() + this.#movedMs;
    }
    globalThis.setTimeout = (callback, delayMs, ...args) => {
      const call = () => {
        this.#pending.delete(handle);
        callback(...args);
      };
      const handle = startTimer(call, delayMs);
      this.#pending.set(handle, { dueAt: performance.now() + delayMs, call, timer: handle });
      return handle;
    };
    globalThis.clearTimeout = (handle) => {
      stopTimer(this.#pending.get(handle)?.timer ?? handle);
      this.#pending.delete(handle);
    };
    t.after(() => {
      // From now on, nobody could clear the host's timers behind these.
      for (const { timer } of this.#pending.values()) stopTimer(timer);
      Object.assign(globalThis, { setTimeout: startTimer, clearTimeout: stopTimer });
      for (const { clock, own } of clocks) {
        if (own) Object.defineProperty(clock, "now", own);
        else delete clock.now;
      }
    });
  }

  /** Advances the time, and calls the timers. */
  pass(milliseconds) {
    const until = performance.now() + milliseconds;
    for (let due = this.#dueBefore(until); due; due = this.#dueBefore(until)) {
      this.#moveTo(due.dueAt);
      stopTimer(due.timer);
      due.call();
    }
    this.#moveTo(until);
    for (const pending of this.#pending.values()) {
      stopTimer(pending.timer);
      pending.timer = startTimer(pending.call, pending.dueAt - performance.now());
    }
  }

  /** Advances the clock alone, like a machine that sleeps. Due timers are called when time passes again. */
  jump(milliseconds) {
    this.#movedMs += milliseconds;
    for (const { timer } of this.#pending.values()) stopTimer(timer);
  }

  #dueBefore(until) {
    const due = [...this.#pending.values()].filter(({ dueAt }) => dueAt <= until);
    return due.sort((one, other) => one.dueAt - other.dueAt)[0];
  }

  #moveTo(time) {
    this.#movedMs += Math.max(0, time - performance.now());
  }
}
