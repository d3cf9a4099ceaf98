/**
 * The requests of a client. Their time limit can be lowered while they are under way, but the options of a client
 * cannot be changed.
 */
export class Requests {
  #controllers = new Set();
  #limitMs;
  #isGivenUp = false;

  /** The option `fetch` of the client. */
  fetch = (url, init) => {
    // Another client has taken over, and nobody waits for this request.
    if (this.#isGivenUp) return new Promise(() => {});
    const controller = new AbortController();
    init.signal.addEventListener("abort", () => controller.abort(init.signal.reason), { once: true });
    // Never removed, since the end of an answer's body cannot be seen here. A run has few requests.
    this.#controllers.add(controller);
    if (this.#limitMs !== undefined) this.#limit(controller);
    return globalThis.fetch(url, { ...init, signal: controller.signal });
  };

  /** Limits the time of all requests, including those under way. */
  limit(milliseconds) {
    if (this.#limitMs !== undefined) return;
    this.#limitMs = milliseconds;
    for (const controller of this.#controllers) this.#limit(controller);
  }

  /** Aborts the requests under way, and sends no more of them. */
  giveUp() {
    this.#isGivenUp = true;
    for (const controller of this.#controllers) controller.abort();
  }

  #limit(controller) {
    const seconds = this.#limitMs / 1000;
    const reason = new DOMException(`given up after ${seconds} s, since the run is to stop`, "TimeoutError");
    setTimeout(() => controller.abort(reason), this.#limitMs).unref();
  }
}
