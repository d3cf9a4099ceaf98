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

  /** @returns {Promise<Other[]>} the others that work on the sources; all else is claimed */
  async take() {
    const others = [];
    for (const sourceId of this.#sourceIds) {
      const claim = await this.#journal.claim(sourceId);
      if (claim.ok) this.#held.push(claim);
      const other = claim.ok ? await this.#atWork(sourceId) : claim;
      if (other) others.push(told(other));
    }
    return others;
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

  /** Who works on a source and has not claimed it: a run that was allowed to, or a program of its own. */
  async #atWork(sourceId) {
    const entries = await this.#journal.entries(sourceId);
    return entries.find(({ kind, owner }) => kind === "activity" && owner === "live");
  }
}

/** A claim, or an entry, of somebody else's. */
function told({ sourceId, owner, ownedBy, since, at }) {
  return { sourceId, owner, ownedBy, since: since ?? at };
}
