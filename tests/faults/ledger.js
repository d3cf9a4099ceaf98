/** How long a test waits for something that the client should have done already. */
const PATIENCE_MS = 5000;

/** One request as it came in, and what became of it. Times are those of `performance.now()`. */
export class LedgerEntry {
  /** When its last byte had come. */
  at = performance.now();
  /** When the scripted answer was written to its end; undefined where it never was. */
  answeredAt;
  /** When the socket it came over closed. */
  socketClosedAt;
  /** The bytes of the answer that the client's side has taken. */
  bytesTaken = 0;

  constructor(request, connection) {
    this.connection = connection;
    this.request = request;
  }

  get method() {
    return this.request.method;
  }

  get target() {
    return this.request.target;
  }

  get headers() {
    return this.request.headers;
  }

  get body() {
    return this.request.body;
  }

  get sourceId() {
    return this.request.sourceId;
  }

  get statusType() {
    return this.request.statusType;
  }

  header(name) {
    return this.request.header(name);
  }
}

/** What a server has seen. */
export class Ledger {
  /** @type {LedgerEntry[]} */
  requests = [];
  /** One text for each thing that should not have come. */
  violations = [];
  /** How many connections were accepted. */
  connections = 0;
  openSockets = 0;
  peakOpenSockets = 0;
  inFlight = 0;
  peakInFlight = 0;
  #waiting = new Set();

  opened() {
    this.connections += 1;
    this.openSockets += 1;
    this.peakOpenSockets = Math.max(this.peakOpenSockets, this.openSockets);
    this.#changed();
    return this.connections;
  }

  closed(connection) {
    this.openSockets -= 1;
    for (const entry of this.requests) {
      if (entry.connection === connection) entry.socketClosedAt ??= performance.now();
    }
    this.#changed();
  }

  received(entry) {
    this.requests.push(entry);
    this.inFlight += 1;
    this.peakInFlight = Math.max(this.peakInFlight, this.inFlight);
    this.#changed();
  }

  left() {
    this.inFlight -= 1;
    this.#changed();
  }

  violated(text) {
    this.violations.push(text);
  }

  /** Resolves as soon as the condition holds; rejects when that does not come about. */
  until(condition, what) {
    if (condition()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const waiter = () => {
        if (!condition()) return;
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(waiter);
        reject(new Error(`${what}: not within ${PATIENCE_MS} ms`));
      }, PATIENCE_MS);
      this.#waiting.add(waiter);
    });
  }

  #changed() {
    for (const waiter of this.#waiting) waiter();
  }
}
