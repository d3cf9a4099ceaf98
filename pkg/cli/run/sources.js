/** The sources of a run, as its clients report them: those that may be active, and the failures to set a status. */
export class Sources {
  #journal;
  #mayBeActive = new Set();
  /** The last failure of each source. */
  #failures = new Map();

  /** @param {import("push-source-status").StatusJournal | undefined} journal records the sources too */
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

  /** The sources that may be active because the service refused the token. */
  get refused() {
    return this.mayBeActive.filter((id) => this.#failures.get(id)?.code === "unauthenticated");
  }

  /** Notes an event of a client. */
  note({ type, sourceId, code, message }) {
    if (type === "failed") this.#failures.set(sourceId, { code, message });
  }

  /** Notes the error of an activity. If it is about one source, it has the wait that the service asked for. */
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
