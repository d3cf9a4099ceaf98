/** How long a test waits for something that the client should have done already. */
const PATIENCE_MS = 60_000;

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

  /** @param {import("node:http").IncomingMessage} request */
  constructor({ method, url, httpVersion, rawHeaders }, body, connection) {
    this.method = method;
    this.target = url;
    this.version = httpVersion;
    /** Names and values as they were sent, in their order. */
    this.headers = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1]]] : []));
    this.body = body;
    this.connection = connection;
  }

  /** The values of one header, whatever the case of its name, as one text; undefined where it was not sent. */
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
