const KEY = "push-source-status.under-way";

/** Of tabs that were closed, the latest. */
const ENTRIES_KEPT = 5000;

/**
 * Keeps in this browser which requests have left and were not answered, each written before it leaves: whatever becomes of the
 * tab, the next visit and the other tabs know that the source may be active. An answered one is forgotten as soon as
 * its answer is kept. It is apart from the list, which takes too long to write for each request.
 */
export class RequestKeeper {
  #tab = crypto.randomUUID();
  #own = new Map();
  #isStatusType;

  /** @param {(value: unknown) => boolean} isStatusType */
  constructor(isStatusType) {
    this.#isStatusType = isStatusType;
  }

  /** @param {(isFromElsewhere: void) => void} react to what another tab has written */
  watch(react) {
    addEventListener("storage", ({ key }) => key === KEY && react());
  }

  /** A request is about to leave. */
  leaving({ organizationId, endpoint }, { sourceId, statusType, at }) {
    const entry = { tab: this.#tab, organizationId, endpoint, sourceId, statusType, at };
    this.#own.set(sourceId, entry);
    this.#write(this.#others());
  }

  /**
   * The list was written with all answers until now.
   *
   * @param {object[]} sources what of them is under way has not been answered
   */
  answersKept({ organizationId, endpoint }, sources) {
    const byId = new Map(sources.map((source) => [source.id, source]));
    const before = this.#own.size;
    for (const id of this.#own.keys()) if (!byId.get(id)?.open) this.#own.delete(id);
    const others = this.#others();
    const rest = others.filter((entry) => {
      const isOfThese = entry.organizationId === organizationId && entry.endpoint === endpoint;
      return !isOfThese || !(byId.get(entry.sourceId)?.last?.at >= entry.at);
    });
    if (this.#own.size !== before || rest.length !== others.length) this.#write(rest);
  }

  /** What other tabs and earlier visits have left without an answer, by the id of the source. */
  elsewhere({ organizationId, endpoint }) {
    const entries = this.#others().filter(
      (entry) => entry.organizationId === organizationId && entry.endpoint === endpoint,
    );
    return new Map(entries.map(({ sourceId, statusType, at }) => [sourceId, { statusType, at }]));
  }

  #others() {
    try {
      const entries = JSON.parse(localStorage.getItem(KEY));
      return entries.filter((entry) => this.#isEntry(entry) && entry.tab !== this.#tab);
    } catch {
      return [];
    }
  }

  #isEntry(entry) {
    return (
      typeof entry?.sourceId === "string" && this.#isStatusType(entry.statusType) && Number.isFinite(entry.at)
    );
  }

  #write(others) {
    try {
      localStorage.setItem(KEY, JSON.stringify([...others, ...this.#own.values()].slice(-ENTRIES_KEPT)));
    } catch {
      // The keeper of the list says that nothing can be kept.
    }
  }
}
