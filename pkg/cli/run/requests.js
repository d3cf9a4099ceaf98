/**
 * The requests of a client. Their time can be cut while they are under way, which the options of a client, made once,
 * cannot do.
 */
export class Requests {
  #controllers = new Set();
  #limitMs;
  #isGivenUp = false;

  /** The option `fetch` of the client. */
  fetch = (url, init) => {
    // What is asked of a client that was given up, somebody else does.
    if (this.#isGivenUp) return new Promise(() => {});
    const controller = new AbortController();
    init.signal.addEventListener("abort", () => controller.abort(init.signal.reason), { once: true });
    // For good: when the body of an answer has been read, nobody says here; and a run has few requests.
    this.#controllers.add(controller);
    if (this.#limitMs !== undefined) this.#limit(controller);
    return globalThis.fetch(url, { ...init, signal: controller.signal });
  };

  /** From now on no request takes longer, those under way included. */
  limit(milliseconds) {
    if (this.#limitMs !== undefined) return;
    this.#limitMs = milliseconds;
    for (const controller of this.#controllers) this.#limit(controller);
  }

  /** Ends what is under way, and sends nothing any more. */
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
