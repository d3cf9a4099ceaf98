import { setTimeout as sleep } from "node:timers/promises";

/** One request, and the means of a step to answer it. What is written after the socket has closed, rejects. */
export class Exchange {
  #socket;
  #signal;

  /** @param {AbortSignal} signal aborted when the socket has closed */
  constructor(socket, entry, signal) {
    this.#socket = socket;
    this.#signal = signal;
    this.entry = entry;
  }

  /** Resolves when the bytes have left for the client. */
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

  /** Never resolves: it ends, by rejecting, when the socket closes. */
  hang() {
    return new Promise((_, reject) => {
      const abandon = () => reject(this.#signal.reason);
      if (this.#signal.aborted) abandon();
      else this.#signal.addEventListener("abort", abandon, { once: true });
    });
  }

  /** Closes the connection as a server does that is done with it. */
  close() {
    this.#socket.end();
  }

  /** Breaks the connection: the client's side sees ECONNRESET. */
  reset() {
    this.#socket.resetAndDestroy();
  }
}
