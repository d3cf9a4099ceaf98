import { reasonOf, watch } from "./signal.js";

/** How often a job looks at the clock where it has to keep the time itself. */
const TICK_MS = 50;

/**
 * What a caller has begun: a call, a bulk call or an activity. What is to be done for it is done in its own loop, so where
 * the caller is: in the caller's async context, and so that an error's stack leads there.
 */
export class Job {
  #outputs = [];
  #wake;
  #unwatch;
  keys = new Set();
  /** Its requests, as far as it has to wait for them. */
  exchanges = [];
  /** Why it was taken back. */
  reason;

  constructor(host) {
    this.host = host;
    host.running.add(this);
  }

  /** Begins something with the machine that gives a key, or none, in front of its array. */
  begin(start) {
    return this.host.enter((machine) => {
      const begun = start(machine);
      if (begun[0] !== undefined) this.take(begun[0]);
      return begun;
    });
  }

  take(key) {
    this.keys.add(key);
    this.host.assign(key, this);
  }

  drop(key) {
    this.keys.delete(key);
    this.host.dismiss(key);
  }

  /** Is taken back when the signal is aborted. Throws its reason if it was before, and nothing has begun. */
  heed(signal, hasBegun) {
    if (!hasBegun) throw reasonOf(signal);
    if (signal === undefined) return;
    try {
      this.#unwatch = watch(signal, () => this.cancel(reasonOf(signal)));
    } catch (thrown) {
      this.cancel(thrown);
    }
  }

  cancel(reason) {
    this.reason = reason;
    this.host.feed((machine) => {
      for (const key of this.keys) machine.cancel(key);
    });
  }

  put(output) {
    this.#outputs.push(output);
    this.#wake?.();
  }

  /** What comes next that only the caller's own function can take; all else is done meanwhile. */
  async next() {
    for (;;) {
      while (this.#outputs.length === 0) await this.#arrival();
      const output = this.#outputs.shift();
      if (!this.host.serve(output, this)) return output;
    }
  }

  async #arrival() {
    const { isBoundToRequests } = this.host;
    await new Promise((resolve) => {
      this.#wake = resolve;
      if (isBoundToRequests) setTimeout(resolve, TICK_MS);
    });
    if (isBoundToRequests) this.host.feed((machine) => machine.timeout(0));
  }

  /** Takes the steps of the job, and ends it. Where it has to, it lets go of its connections before. */
  async perform(steps) {
    try {
      return await steps();
    } finally {
      this.end();
      if (this.host.isBoundToRequests) await Promise.all(this.exchanges);
    }
  }

  /** Nothing more is to come. */
  end() {
    this.#unwatch?.();
    this.host.tellRest(this.#outputs.splice(0));
    for (const key of this.keys) this.host.dismiss(key);
    this.host.end(this);
  }
}
