/**
 * @typedef {import("./steps.js").Step} Step
 * @typedef {import("./ledger.js").LedgerEntry} LedgerEntry
 */

/** Makes a step for the end of a list. It answers every request from then on. */
export function forever(step) {
  return { ...step, forever: true };
}

/** The planned answers: a list of steps, a list for each source, or a function of the request. */
export class Script {
  #choose;
  #queues;

  /** @param {Step[] | Record<string, Step[]> | ((entry: LedgerEntry) => Step | undefined)} script */
  constructor(script) {
    if (typeof script === "function") {
      this.#queues = [];
      this.#choose = script;
    } else if (Array.isArray(script)) {
      const queue = new Queue("the script", script);
      this.#queues = [queue];
      this.#choose = () => queue.next();
    } else {
      const bySource = new Map(
        Object.entries(script).map(([id, steps]) => [id, new Queue(`source ${id}`, steps)]),
      );
      this.#queues = [...bySource.values()];
      this.#choose = (entry) => bySource.get(entry.sourceId)?.next();
    }
  }

  /** @returns {Step | undefined} undefined for an unexpected request */
  next(entry) {
    return this.#choose(entry);
  }

  /** One text for each step without a request. */
  unused() {
    return this.#queues.flatMap((queue) => queue.unused());
  }
}

class Queue {
  #name;
  #steps;
  #used = 0;

  constructor(name, steps) {
    this.#name = name;
    this.#steps = steps;
  }

  next() {
    const last = this.#steps.at(-1);
    const step = this.#steps[this.#used] ?? (last?.forever ? last : undefined);
    if (step) this.#used += 1;
    return step;
  }

  unused() {
    return this.#steps
      .map((step, index) => `${this.#name}, step ${index + 1}: ${step.name}`)
      .slice(this.#used);
  }
}
