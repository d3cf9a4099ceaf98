import { join } from "node:path";
import { isOlder } from "./age.js";
import { DurableFolder } from "./durable-folder.js";
import { lifeOf } from "./owner.js";
import { Processes } from "./processes.js";
import { formatClaim, parseClaim } from "./record.js";
import { inTurn } from "./tasks.js";

/**
 * The exclusive claims on sources. Each source of each place has a folder of numbered claims, and the one with the greatest
 * number is in force. That one is never removed, and the next is made by `create`, which succeeds for one process alone. So a
 * process that acts on an outdated look finds a greater number there, and withdraws. A claim without a place, as earlier
 * versions made them, excludes those of all places.
 */
export class Claims {
  #directory;
  #owner;

  /** @param {import("./owner.js").Owner} owner */
  constructor(directory, owner) {
    this.#directory = directory;
    this.#owner = owner;
  }

  /**
   * Claims a source, unless another owner has it and is not gone.
   *
   * @param {{ source: string, place?: string }} key names the source in the file system; without a place, everywhere
   * @param {{ sourceId: string, purpose: "work" | "recovery" }} wish
   * @param {number} staleMs the time after which an unknown owner counts as gone
   * @returns {HeldClaim | HeldClaims | Holder}
   */
  take({ source, place }, wish, staleMs) {
    if (place === undefined) return this.#takeEverywhere(source, wish, staleMs);
    const everywhere = this.#folder(source);
    const look = () => this.#holder(everywhere, greatest(everywhere), staleMs);
    // Looks first: a claim that is released at once could keep somebody else away.
    const before = look();
    if (before) return before;
    const claim = this.#takeOne(this.#folder(`${source}.${place}`), wish, staleMs);
    const after = claim instanceof HeldClaim ? look() : undefined;
    if (!after) return claim;
    claim.release();
    return after;
  }

  #takeEverywhere(source, wish, staleMs) {
    const everywhere = this.#takeOne(this.#folder(source), wish, staleMs);
    if (!(everywhere instanceof HeldClaim)) return everywhere;
    const names = new DurableFolder(this.#directory).names().filter((name) => name.startsWith(`${source}.`));
    const placed = names.map((name) => this.#takeOne(this.#folder(name), wish, staleMs));
    const held = new HeldClaims([everywhere, ...placed.filter((claim) => claim instanceof HeldClaim)]);
    const holder = placed.find((claim) => claim instanceof Holder);
    if (!holder) return held;
    held.release();
    return holder;
  }

  #takeOne(folder, wish, staleMs) {
    for (;;) {
      const number = greatest(folder);
      const holder = this.#holder(folder, number, staleMs);
      if (holder) return holder;
      const claim = new HeldClaim(folder, number + 1, { ...wish, since: Date.now() });
      if (claim.take(this.#owner)) return claim;
    }
  }

  /** Returns the holder of a claim, unless it is free. */
  #holder(folder, number, staleMs) {
    const holder = number > 0 ? holderOf(folder, number, this.#owner) : undefined;
    return holder?.isFree(staleMs) ? undefined : holder;
  }

  #folder(name) {
    return new DurableFolder(join(this.#directory, name));
  }
}

/** The owner of a claim. What is not known is `undefined`, except for the purpose, which is work then. */
export class Holder {
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

/** A source that this process has claimed at every place. */
export class HeldClaims {
  #claims;

  /** @param {HeldClaim[]} claims */
  constructor(claims) {
    this.#claims = claims;
  }

  get since() {
    return this.#claims[0].since;
  }

  rewrite(owner) {
    for (const claim of this.#claims) claim.rewrite(owner);
  }

  release() {
    inTurn(this.#claims.map((claim) => () => claim.release()));
  }
}

function greatest(folder) {
  return Math.max(0, ...numbers(folder));
}

function numbers(folder) {
  return folder.names().map(Number).filter(Number.isSafeInteger);
}
