import { reasonOf, watch } from "./signal.js";

/** The interval at which a job checks the clock on hosts where each job has to keep the time itself. */
const TICK_MS = 50;

/**
 * A call, a bulk call or an activity. Its outputs are carried out in its own loop. They therefore run in the caller's
 * async context, and the stacks of errors lead to the caller.
 */
export class Job {
  #outputs = [];
  #wake;
  #unwatch;
  keys = new Set();
  /** The requests that it has to wait for before it ends. */
  exchanges = [];
  /** The reason why it was cancelled. */
  reason;

  constructor(host) {
    this.host = host;
    host.running.add(this);
  }

  /** Begins something on the machine. `start` returns an array whose first item is the key, or `undefined`. */
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

  /** Cancels the job when the signal is aborted. Throws the signal's reason if it was aborted before anything began. */
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

  /** Returns the next output that is specific to this kind of job, and carries out all others before it. */
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

  /** Runs the steps of the job, and ends it. On hosts that bind connections to requests, it then waits for its own. */
  async perform(steps) {
    try {
      return await steps();
    } finally {
      this.end();
      if (this.host.isBoundToRequests) await Promise.all(this.exchanges);
    }
  }

  /** Ends the job, and emits the events that are left. */
  end() {
    this.#unwatch?.();
    this.host.tellRest(this.#outputs.splice(0));
    for (const key of this.keys) this.host.dismiss(key);
    this.host.end(this);
  }
}
