/** Returns a record as of now: its activity may have ended since it came. */
function asOfNow(record) {
  const { activity } = record;
  return Object.freeze(activity ? { ...record, activity: Object.freeze({ ...activity }) } : { ...record });
}

/** The log of requests, the oldest first. It keeps the latest `limit`. */
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
    // Dropping them one by one would move all the others with each request.
    if (this.#records.length >= 2 * this.#limit) this.#records = this.#latest();
    return asOfNow(record);
  }

  /** The records with an id above `id`. Ids keep rising after `clear`. */
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
