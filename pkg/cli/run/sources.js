/** What a run knows of its sources, by what its clients say: which may be active, and why one could not be set. */
export class Sources {
  #journal;
  #mayBeActive = new Set();
  /** What was said last of each source that could not be set. */
  #failures = new Map();

  /** @param {import("push-source-status").StatusJournal | undefined} journal who else is to know which may be active */
  constructor(journal) {
    this.#journal = journal;
  }

  /** The option `journal` of a client. */
  journal = {
    opened: (entries) => {
      for (const { sourceId } of entries) this.#mayBeActive.add(sourceId);
      return this.#journal?.opened(entries);
    },
    closed: (entries) => {
      for (const { sourceId } of entries) this.#mayBeActive.delete(sourceId);
      return this.#journal?.closed(entries);
    },
  };

  get mayBeActive() {
    return [...this.#mayBeActive];
  }

  /** Those that are active since the service did not take the token any more. */
  get refused() {
    return this.mayBeActive.filter((id) => this.#failures.get(id)?.code === "unauthenticated");
  }

  /** Has to be told each event of the client. */
  note({ type, sourceId, code, message }) {
    if (type === "failed") this.#failures.set(sourceId, { code, message });
  }

  /** Has to be told how an activity ended: its error says how long the service asked to wait, where it is about one source. */
  noteEnd(error) {
    const errors = error instanceof AggregateError ? error.errors : [error];
    for (const { sourceId, retryAfterMs } of errors) {
      const failure = this.#failures.get(sourceId);
      if (failure && retryAfterMs) failure.retryAfterMs = retryAfterMs;
    }
  }

  /**
   * @typedef {{ id: string, message: string, retryAfterMs?: number }} Failure
   * @returns {Failure[]}
   */
  failuresOf(sourceIds) {
    return sourceIds.map((id) => ({ id, ...this.#failures.get(id) }));
  }
}
