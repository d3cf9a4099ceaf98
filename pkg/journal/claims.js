import { join } from "node:path";
import { DurableFolder } from "./durable-folder.js";
import { lifeOf } from "./owner.js";
import { Processes } from "./processes.js";
import { formatClaim, parseClaim } from "./record.js";

/**
 * Who has which source to themselves. Each source has a folder with claims that are numbered: the one with the greatest
 * number counts. A claim is never removed while it is the greatest, and the next is made with `create`, which one of
 * several succeeds with. So whoever makes a number after a look that has become old finds a greater one there, and
 * withdraws.
 */
export class Claims {
  #directory;

  constructor(directory) {
    this.#directory = directory;
  }

  /**
   * Takes a source, unless somebody has it who is not gone.
   *
   * @param {string} key names the source in the file system
   * @param {string} sourceId
   * @param {import("./owner.js").Owner} owner
   * @param {number} staleMs after how long an owner that cannot be judged counts as gone
   * @returns {HeldClaim | Holder}
   */
  take(key, sourceId, owner, staleMs) {
    const folder = new DurableFolder(join(this.#directory, key));
    for (;;) {
      const number = greatest(folder);
      const holder = number > 0 ? holderOf(folder, number, owner) : undefined;
      if (holder && !holder.isFree(staleMs)) return holder;
      const claim = new HeldClaim(folder, number + 1, { sourceId, since: Date.now() });
      if (claim.take(owner)) return claim;
    }
  }
}

/** Who has a source. What cannot be told is `undefined`. */
class Holder {
  constructor({ life, owner, since }) {
    Object.assign(this, { life, owner, since });
  }

  isFree(staleMs) {
    return this.life === "gone" || (this.life === "unknown" && Date.now() - (this.since ?? 0) > staleMs);
  }
}

/** Nobody, if the claim was given back, or removed between two looks. */
function holderOf(folder, number, own) {
  let text;
  try {
    text = folder.read(`${number}`);
    if (text === undefined) return undefined;
    const { claim, owner } = parseClaim(text);
    return owner
      ? new Holder({ life: lifeOf(owner, own, new Processes()), owner, since: claim.since })
      : undefined;
  } catch {
    // Somebody has it of whom nothing can be told, not even since when.
    return new Holder({ life: "unknown" });
  }
}

/** A source that this process has to itself. */
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

  /** Says whether the source is had now. */
  take(owner) {
    if (!this.#folder.create(`${this.#number}`, formatClaim(this.#claim, owner))) return false;
    const isGreatest = greatest(this.#folder) === this.#number;
    for (const number of isGreatest ? this.#lesser() : [this.#number]) this.#folder.remove(`${number}`);
    return isGreatest;
  }

  #lesser() {
    return numbers(this.#folder).filter((number) => number < this.#number);
  }

  /** Names the owner anew, where more is known of it by now. */
  rewrite(owner) {
    this.#folder.write(`${this.#number}`, formatClaim(this.#claim, owner));
  }

  /** Gives the source back. */
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
