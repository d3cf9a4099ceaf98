import { storageJournal } from "../pkg/dist/journal-browser.js";
import { unanswered } from "./state/source.js";
import { entriesSeen } from "./state/source-list.js";

/** The delay of a reading, which then covers many entries: another tab writes one for each request. */
const AFTER_MS = 250;

/** The interval of further readings, because a tab that is closed or crashes notifies nobody. */
const AGAIN_MS = 2000;

const OWNERS = { live: "another tab", gone: "an earlier visit", unknown: "another tab or an earlier visit" };

/**
 * Keeps the journal of the sources that may be active. All tabs of this browser share it, and it is the client's
 * `journal`. A source has an entry from the moment before its request leaves until it is known to be idle. In the
 * page's state, the entry is the source's `entry`.
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
      // The list keeper reports that nothing can be kept.
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
   * Writes the entry of a request that is about to leave, if the client does not. The client does not repeat an entry
   * that it has written, but another tab may have set IDLE since.
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
    // The entries come oldest first, so the latest of a source stays.
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
