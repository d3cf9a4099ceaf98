/** A record as it is at this moment: the activity that it came in may have ended since it came. */
function asOfNow(record) {
  const { activity } = record;
  return Object.freeze(activity ? { ...record, activity: Object.freeze({ ...activity }) } : { ...record });
}

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
    const record = { id: this.#lastId, ...details };
    this.#records.push(record);
    // Dropping one at a time would move all the others with each request.
    if (this.#records.length >= 2 * this.#limit) this.#records = this.#latest();
    return asOfNow(record);
  }

  /** The records with a higher id than `id`. Ids go on rising after `clear`. */
  after(id) {
    return this.#latest()
      .filter((record) => record.id > id)
      .map(asOfNow);
  }

  clear() {
    this.#records = [];
  }

  #latest() {
    return this.#records.slice(-this.#limit);
  }
}
