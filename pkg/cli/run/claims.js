import { setTimeout as sleep } from "node:timers/promises";

/** How often to ask whether a source is free by now. */
const LOOK_MS = 500;

/**
 * Somebody who works on a source. What cannot be told is `undefined`.
 *
 * @typedef {{ sourceId: string, owner: "live" | "unknown", since?: number,
 *   ownedBy?: import("push-source-status/journal").OwnerInfo }} Other
 */

/** The sources of a run, each claimed in its journal unless another run has it. */
export class Claims {
  #journal;
  #sourceIds;
  #held = [];

  /**
   * @param {import("push-source-status/journal").FileJournal} journal
   * @param {string[]} sourceIds
   */
  constructor(journal, sourceIds) {
    this.#journal = journal;
    // In one order, so that of several runs which share sources one gets on.
    this.#sourceIds = sourceIds.toSorted();
  }

  /**
   * Claims all. It looks before: a claim that is released at once could keep somebody else from a source on which nobody
   * works.
   *
   * @param {boolean} isShared whether it claims what is free beside others too
   * @returns {Promise<Other[]>} the others that work on the sources
   */
  async take(isShared = false) {
    const working = await this.#atWork();
    if (working.length > 0 && !isShared) return working;
    const refusals = [];
    for (const sourceId of this.#sourceIds) {
      const claim = await this.#journal.claim(sourceId);
      if (claim.ok) this.#held.push(claim);
      else refusals.push(told(claim));
    }
    // Those that claim nothing may have begun meanwhile.
    const others = [...refusals, ...(await this.#atWork())];
    return [...new Map(others.map((other) => [other.sourceId, other])).values()];
  }

  /** Takes all when the last of the others has ended. */
  async await(signal) {
    do {
      this.release();
      await sleep(LOOK_MS, undefined, { signal });
    } while ((await this.take()).length > 0);
  }

  release() {
    for (const claim of this.#held.splice(0)) claim.release();
  }

  /** Who works on the sources, with a claim or without: a run that was allowed to, or a program of its own, has none. */
  async #atWork() {
    const entries = await this.#journal.entries();
    const working = entries.filter(({ kind, owner }) => kind === "activity" && owner === "live");
    const others = this.#sourceIds.map((id) => working.find(({ sourceId }) => sourceId === id));
    return others.filter((other) => other !== undefined).map(told);
  }
}

/** A claim, or an entry, of somebody else's. */
function told({ sourceId, owner, ownedBy, since, at }) {
  return { sourceId, owner, ownedBy, since: since ?? at };
}
