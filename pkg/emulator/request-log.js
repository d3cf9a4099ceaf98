/** What came in, oldest first; of many, the latest `limit`. */
export class RequestLog {
  #records = [];
  #limit;
  #lastId = 0;

  constructor(limit) {
    this.#limit = limit;
  }

  add(details) {
    this.#lastId += 1;
    const record = Object.freeze({ id: this.#lastId, ...details });
    this.#records.push(record);
    // Dropping one at a time would move all the others with each request.
    if (this.#records.length >= 2 * this.#limit) this.#records = this.#latest();
    return record;
  }

  /** The records with a higher id than `id`. Ids go on rising after `clear`. */
  after(id) {
    return this.#latest().filter((record) => record.id > id);
  }

  clear() {
    this.#records = [];
  }

  #latest() {
    return this.#records.slice(-this.#limit);
  }
}
