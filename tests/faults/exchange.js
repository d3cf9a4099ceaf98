import { setTimeout as sleep } from "node:timers/promises";

/** One request, and the ways to answer it. A write after the socket has closed rejects. */
export class Exchange {
  #socket;
  #signal;

  /** @param {AbortSignal} signal aborted when the socket has closed */
  constructor(socket, entry, signal) {
    this.#socket = socket;
    this.#signal = signal;
    this.entry = entry;
  }

  /** Writes bytes. Resolves when they have been sent. */
  write(bytes) {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (error) => {
        if (error) return reject(error);
        this.entry.bytesTaken += bytes.length;
        resolve();
      });
    });
  }

  pause(milliseconds) {
    return sleep(milliseconds, undefined, { signal: this.#signal });
  }

  /** Never resolves. Rejects when the socket closes. */
  hang() {
    return new Promise((_, reject) => {
      const abandon = () => reject(this.#signal.reason);
      if (this.#signal.aborted) abandon();
      else this.#signal.addEventListener("abort", abandon, { once: true });
    });
  }

  /** Closes the connection in an orderly way. */
  close() {
    this.#socket.end();
  }

  /** Resets the connection: the client sees ECONNRESET. */
  reset() {
    this.#socket.resetAndDestroy();
  }
}
