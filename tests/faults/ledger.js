/** The longest wait for something that the client should have done already. */
const PATIENCE_MS = 60_000;

/** One request and its outcome. Times are those of `performance.now()`. */
export class LedgerEntry {
  /** The time of its last byte. */
  at = performance.now();
  /** The time when the scripted answer was complete; undefined before. */
  answeredAt;
  /** The time when its socket closed. */
  socketClosedAt;
  /** The number of bytes of the answer that the client's side has accepted. */
  bytesTaken = 0;

  /** @param {import("node:http").IncomingMessage} request */
  constructor({ method, url, httpVersion, rawHeaders }, body, connection) {
    this.method = method;
    this.target = url;
    this.version = httpVersion;
    /** Names and values as they were sent, in order. */
    this.headers = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1]]] : []));
    this.body = body;
    this.connection = connection;
  }

  /** Returns the values of a header as one text, whatever the case of its name; undefined if it is missing. */
  header(name) {
    const wanted = name.toLowerCase();
    const values = this.headers.filter(([sent]) => sent.toLowerCase() === wanted).map(([, value]) => value);
    return values.length === 0 ? undefined : values.join(", ");
  }

  get sourceId() {
    return /\/sources\/([^/?]*)\/status(?:\?|$)/.exec(this.target)?.[1];
  }

  get statusType() {
    return new URLSearchParams(/\?(.*)/.exec(this.target)?.[1]).get("statusType") ?? undefined;
  }
}

/** The record of everything that a server has seen. */
export class Ledger {
  /** @type {LedgerEntry[]} */
  requests = [];
  /** One text for each unexpected event. */
  violations = [];
  /** The number of accepted connections. */
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

  /** Resolves as soon as the condition holds. Rejects if that takes too long. */
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
