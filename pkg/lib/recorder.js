import { attempted, date } from "./foreign.js";

/** Writes to the journal of a client, and reports the results to the machine. */
export class Recorder {
  #host;
  #journal;
  /** The organization and the endpoint, which every entry repeats. */
  #place;

  constructor(host, journal, place) {
    this.#host = host;
    this.#journal = journal;
    this.#place = place;
  }

  /**
   * Calls a method of the journal. If it returns no promise, the requests that wait for the journal are sent at once.
   */
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
