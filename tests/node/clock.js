const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;

/**
 * The time of this process, which a test can move on. Timers that become due are called at once, in their order and each
 * at its own time, so a wait of minutes takes none. Apart from that, time goes by as ever. It has to be there before the
 * client is: a timer that was set before it knows nothing of it.
 */
export class Clock {
  /** By what `setTimeout` gave: when it is due, what is called, and the timer of the host behind it. */
  #pending = new Map();
  #movedMs = 0;

  /** @param {import("node:test").TestContext} t the test after which time is what it was */
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
      // Whoever clears a timer from now on would not reach the one behind it.
      for (const { timer } of this.#pending.values()) stopTimer(timer);
      Object.assign(globalThis, { setTimeout: startTimer, clearTimeout: stopTimer });
      for (const { clock, own } of clocks) {
        if (own) Object.defineProperty(clock, "now", own);
        else delete clock.now;
      }
    });
  }

  /** Lets that much time pass. */
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

  /** Moves the clocks alone, as for a machine that sleeps: a timer that was due meanwhile is called when time passes again. */
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
