import { attempted, date } from "./foreign.js";

/** Writes into the journal of a client, and tells the machine what came of it. */
export class Recorder {
  #host;
  #journal;
  /** The organization and the endpoint, which are the same in every entry. */
  #place;

  constructor(host, journal, place) {
    this.#host = host;
    this.#journal = journal;
    this.#place = place;
  }

  /** Calls a method of the journal. A request that waits for it leaves at once, unless that gives a promise. */
  record(method, [, , write, entries]) {
    const at = attempted(date);
    let written;
    try {
      written = this.#journal[method](entries.map((entry) => ({ ...this.#place, ...entry, at })));
    } catch (thrown) {
      this.#host.feed((machine) => machine.notJournaled(write, thrown));
      return;
    }
    if (Object(written) === written) void this.#settle(write, written);
    else this.#host.feed((machine) => machine.journaled(write));
  }

  async #settle(write, written) {
    let answer = (machine) => machine.journaled(write);
    try {
      await written;
    } catch (thrown) {
      answer = (machine) => machine.notJournaled(write, thrown);
    }
    this.#host.feed(answer);
  }
}
