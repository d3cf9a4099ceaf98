import { join } from "node:path";
import { isOlder } from "./age.js";
import { DurableFolder } from "./durable-folder.js";
import { lifeOf } from "./owner.js";
import { Processes } from "./processes.js";
import { formatClaim, parseClaim } from "./record.js";

/**
 * The exclusive claims on sources. Each source has a folder of numbered claims, and the one with the greatest number is in
 * force. That one is never removed, and the next is made by `create`, which succeeds for one process alone. So a process
 * that acts on an outdated look finds a greater number there, and withdraws.
 */
export class Claims {
  #directory;

  constructor(directory) {
    this.#directory = directory;
  }

  /**
   * Claims a source, unless another owner has it and is not gone.
   *
   * @param {string} key names the source in the file system
   * @param {{ sourceId: string, purpose: "work" | "recovery" }} wish
   * @param {import("./owner.js").Owner} owner
   * @param {number} staleMs the time after which an unknown owner counts as gone
   * @returns {HeldClaim | Holder}
   */
  take(key, wish, owner, staleMs) {
    const folder = new DurableFolder(join(this.#directory, key));
    for (;;) {
      const number = greatest(folder);
      const holder = number > 0 ? holderOf(folder, number, owner) : undefined;
      if (holder && !holder.isFree(staleMs)) return holder;
      const claim = new HeldClaim(folder, number + 1, { ...wish, since: Date.now() });
      if (claim.take(owner)) return claim;
    }
  }
}

/** The owner of a claim. What is not known is `undefined`, except for the purpose, which is work then. */
class Holder {
  constructor({ life, owner, since, purpose = "work" }) {
    Object.assign(this, { life, owner, since, purpose });
  }

  isFree(staleMs) {
    return this.life === "gone" || (this.life === "unknown" && isOlder(this.since ?? 0, staleMs));
  }
}

/** Returns the holder of a claim; `undefined` if the claim was released, or removed meanwhile. */
function holderOf(folder, number, own) {
  let text;
  try {
    text = folder.read(`${number}`);
    if (text === undefined) return undefined;
    const { claim, owner } = parseClaim(text);
    return owner ? new Holder({ ...claim, owner, life: lifeOf(owner, own, new Processes()) }) : undefined;
  } catch {
    // There is a claim, but nothing is known of its owner.
    return new Holder({ life: "unknown" });
  }
}

/** A source that this process has claimed. */
export class HeldClaim {
  #folder;
  #number;
  #claim;

  constructor(folder, number, claim) {
    this.#folder = folder;
    this.#number = number;
    this.#claim = claim;
  }

  get since() {
    return this.#claim.since;
  }

  /** Returns whether the claim is in force. */
  take(owner) {
    if (!this.#folder.create(`${this.#number}`, formatClaim(this.#claim, owner))) return false;
    const isGreatest = greatest(this.#folder) === this.#number;
    for (const number of isGreatest ? this.#lesser() : [this.#number]) this.#folder.remove(`${number}`);
    return isGreatest;
  }

  #lesser() {
    return numbers(this.#folder).filter((number) => number < this.#number);
  }

  /** Writes the owner again, when more is known of it. */
  rewrite(owner) {
    this.#folder.write(`${this.#number}`, formatClaim(this.#claim, owner));
  }

  /** Releases the source. */
  release() {
    this.#folder.write(`${this.#number}`, formatClaim(this.#claim, null));
  }
}

function greatest(folder) {
  return Math.max(0, ...numbers(folder));
}

function numbers(folder) {
  return folder.names().map(Number).filter(Number.isSafeInteger);
}
