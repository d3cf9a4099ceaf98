/** Numbers that look random and are the same in every run (mulberry32). */
export class Chance {
  #state;

  constructor(seed) {
    this.#state = seed;
  }

  /** Returns a number from 0 up to 1, but not 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Returns true in one of so many cases. */
  oneIn(count) {
    return this.next() * count < 1;
  }

  pick(choices) {
    return choices[Math.floor(this.next() * choices.length)];
  }
}
