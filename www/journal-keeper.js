import { storageJournal } from "../pkg/dist/journal-browser.js";
import { unanswered } from "./state/source.js";
import { entriesSeen } from "./state/source-list.js";

/** Another tab writes an entry for each request; all of them are read at once. */
const AFTER_MS = 250;

/** A tab that is closed, or crashes, tells nobody. */
const AGAIN_MS = 2000;

const OWNERS = { live: "another tab", gone: "an earlier visit", unknown: "another tab or an earlier visit" };

/**
 * The journal of what may be active, which all tabs of this browser share: the client's `journal`. A source is in it before
 * its request leaves, until it is known to be idle. What it says of a source is the source's `entry`.
 */
export class JournalKeeper {
  #store;
  #journal;
  #own = new Map();
  #others = new Map();
  #soon;
  #again;

  constructor(store) {
    this.#store = store;
    try {
      this.#journal = storageJournal(localStorage);
    } catch {
      // The keeper of the list says that nothing can be kept.
      return;
    }
    store.watch(
      ({ subject, sources }) => [subject, sources.length],
      (subject) => {
        this.#show();
        if (subject !== null) this.#look();
      },
    );
    addEventListener("storage", () => {
      this.#soon ??= setTimeout(() => this.#look(), AFTER_MS);
    });
  }

  opened(entries) {
    for (const entry of entries) this.#own.set(keyOf(entry), { ...entry, by: "this tab" });
    this.#show(entries);
    return this.#journal?.opened(entries);
  }

  closed(entries) {
    for (const key of entries.map(keyOf)) {
      this.#own.delete(key);
      if (this.#others.get(key)?.owner !== "live") this.#others.delete(key);
    }
    this.#show(entries);
    return this.#journal?.closed(entries);
  }

  /**
   * A request is about to leave. The client does not write down again what it has written down before, and another tab may
   * have set IDLE since.
   */
  leaving({ sourceId, statusType, at }) {
    const { subject, sources } = this.#store.state;
    const source = sources.find(({ id }) => id === sourceId);
    const isDue = source !== undefined && source.entry !== null && unanswered(source) === null;
    if (!isDue || statusType === "IDLE") return;
    const { kind = "call" } = this.#own.get(keyOf({ ...subject, sourceId })) ?? {};
    this.opened([{ ...subject, sourceId, statusType, kind, at }]);
  }

  async #look() {
    clearTimeout(this.#soon);
    clearTimeout(this.#again);
    this.#soon = undefined;
    const own = new Map(this.#own);
    const entries = await this.#journal.entries();
    this.#others.clear();
    // The oldest comes first.
    for (const entry of entries) {
      const key = keyOf(entry);
      if (own.get(key)?.at !== entry.at) this.#others.set(key, { ...entry, by: OWNERS[entry.owner] });
    }
    this.#show();
    const isWatching = [...this.#others.values()].some(({ owner }) => owner === "live");
    if (isWatching) this.#again = setTimeout(() => this.#look(), AGAIN_MS);
  }

  #show(entries) {
    const { subject } = this.#store.state;
    if (subject === null) return;
    const entryOf = (sourceId) => {
      const key = keyOf({ ...subject, sourceId });
      const [own, others] = [this.#own.get(key), this.#others.get(key)];
      return (own?.at >= (others?.at ?? 0) ? own : others) ?? null;
    };
    this.#store.update(entriesSeen(entryOf, entries && new Set(entries.map(({ sourceId }) => sourceId))));
  }
}

function keyOf({ organizationId, endpoint, sourceId }) {
  return JSON.stringify([organizationId, endpoint, sourceId]);
}
