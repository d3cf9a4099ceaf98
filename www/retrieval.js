const DOCUMENTS = 240;
const STEP_MS = 25;

/** Stands in for a crawler. It retrieves nothing, takes some time, reports its progress, and can be made to fail. */
export class Retrieval {
  #failure = null;

  get total() {
    return DOCUMENTS;
  }

  /** Makes the retrieval of the next document fail. */
  fail() {
    this.#failure = new Error("the retrieval failed: a document could not be read");
  }

  /**
   * @param {AbortSignal} signal
   * @param {(done: number) => void} onProgress
   */
  async run(signal, onProgress) {
    for (let done = 1; done <= DOCUMENTS; done += 1) {
      await pause(signal);
      if (this.#failure) throw this.#failure;
      onProgress(done);
    }
  }
}

function pause(signal) {
  return new Promise((settle, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      settle();
    }, STEP_MS);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
