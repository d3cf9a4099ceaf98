import { attempted } from "./foreign.js";

/** How many requests one signal serves. A host may listen to it for each of them until the garbage is collected. */
const REQUESTS = 8;

/**
 * What stops requests. To make a signal costs Node a fifth of a call, most of it to collect it, and hardly one is ever
 * aborted: so a request takes over the one of a request that has ended well.
 */
export class Controllers {
  #free = [];

  take() {
    return this.#free.pop() ?? { controller: attempted(() => new AbortController()), requests: 0 };
  }

  /** Its request has ended, and nothing listens to its signal for that any more. */
  giveBack(stop) {
    stop.requests += 1;
    stop.reader = undefined;
    if (stop.requests < REQUESTS && stop.controller?.signal.aborted === false) this.#free.push(stop);
  }
}
