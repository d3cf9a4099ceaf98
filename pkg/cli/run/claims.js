import { setTimeout as sleep } from "node:timers/promises";
import { isAt } from "../connection.js";

/** The interval between attempts to claim a source. */
const LOOK_MS = 500;

/**
 * Somebody else who works on a source. Unknown details are `undefined`.
 *
 * @typedef {{ sourceId: string, owner: "live" | "unknown", since?: number,
 *   ownedBy?: import("push-source-status/journal").OwnerInfo, purpose?: "work" | "recovery" }} Other
 */

/** Returns whether somebody else only sets a source to IDLE, and is alive to do so. */
export function isRecovering({ owner, purpose }) {
  return owner === "live" && purpose === "recovery";
}

/** The claims of a run to its sources. */
export class Claims {
  #journal;
  #place;
  #sourceIds;
  #held = [];

  /**
   * @param {import("push-source-status/journal").FileJournal} journal
   * @param {import("push-source-status/journal").ClaimPlace} place
   * @param {string[]} sourceIds
   */
  constructor(journal, place, sourceIds) {
    this.#journal = journal;
    this.#place = place;
    // All runs use the same order. Among several runs that share sources, one can then claim them all.
    this.#sourceIds = sourceIds.toSorted();
  }

  /**
   * Claims all sources if nobody works on them. It looks first: a claim that is released at once could keep somebody else
   * from a source that is free.
   *
   * @param {boolean} isShared whether it claims the free sources even if others work on the rest
   * @returns {Promise<Other[]>} the others that work on the sources
   */
  async take(isShared = false) {
    const working = await this.#atWork();
    if (working.length > 0 && !isShared) return working;
    const refusals = [];
    for (const sourceId of this.#sourceIds) {
      const claim = await this.#journal.claim(sourceId, { place: this.#place });
      if (claim.ok) this.#held.push(claim);
      else refusals.push(told(claim));
    }
    // Somebody without a claim may have begun meanwhile.
    const others = [...refusals, ...(await this.#atWork())];
    return [...new Map(others.map((other) => [other.sourceId, other])).values()];
  }

  /** Waits a moment in which others may claim the sources, and then does the same as `take`. */
  async takeLater(signal, isShared) {
    this.release();
    await sleep(LOOK_MS, undefined, { signal });
    return this.take(isShared);
  }

  release() {
    for (const claim of this.#held.splice(0)) claim.release();
  }

  /**
   * Finds who works on the sources, with a claim or without: a run with `--if-running allow`, or a program that uses the
   * library, has none.
   */
  async #atWork() {
    const entries = await this.#journal.entries();
    const here = entries.filter((entry) => isAt(this.#place, entry));
    const working = here.filter(({ kind, owner }) => kind === "activity" && owner === "live");
    const others = this.#sourceIds.map((id) => working.find(({ sourceId }) => sourceId === id));
    return others.filter((other) => other !== undefined).map(told);
  }
}

/** Describes the owner of a claim or an entry. */
function told({ sourceId, owner, ownedBy, since, at, purpose }) {
  return { sourceId, owner, ownedBy, since: since ?? at, purpose };
}
