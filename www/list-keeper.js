import { isStatusType } from "../pkg/dist/index.js";
import { keepingFailed } from "./state/page-state.js";
import { nothingSaved, parseSaved, savedSources, withLatest, withSaved } from "./state/saved-lists.js";
import { sourcesReplaced } from "./state/source-list.js";

const KEY = "push-source-status";

/** Changes in quick succession are written together, because each write takes as long as the whole list. */
const AFTER_MS = 250;

const BLOCKED = "This browser keeps nothing for this page (its storage is blocked or full): export the list.";
const NEWER = "A later version of this page keeps its list in this browser; this one leaves it alone.";

/** Keeps the list of sources in this browser, with what was set on them. It never sees a token. */
export class ListKeeper {
  #store;
  #timer;
  #written;
  #isReadOnly = false;

  constructor(store) {
    this.#store = store;
    store.watch(
      (state) => [state.sources],
      (sources) => this.#written !== sources && this.#saveSoon(),
    );
    addEventListener("pagehide", () => this.save());
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
    addEventListener("storage", ({ key }) => key === KEY && this.#adopt());
  }

  /** Returns the sources of an organization at an endpoint, as this browser has kept them. */
  sourcesOf(subject) {
    return savedSources(this.#read(), subject);
  }

  /** The latest connection, `{ organizationId, region, endpoint }`, to begin with; `null` at first. */
  get latest() {
    return this.#read().latest;
  }

  keepLatest(latest) {
    const saved = withLatest(this.#read(), latest);
    if (!this.#isReadOnly) this.#write(saved);
  }

  /** Writes the changes that are not written yet. */
  save() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { subject, sources } = this.#store.state;
    if (subject === null || sources === this.#written) return;
    const saved = withSaved(this.#read(), subject, sources);
    if (this.#isReadOnly) return;
    this.#written = sources;
    this.#write(saved);
  }

  #write(saved) {
    try {
      localStorage.setItem(KEY, JSON.stringify(saved));
    } catch {
      this.#store.update(keepingFailed(BLOCKED));
    }
  }

  #saveSoon() {
    this.#timer ??= setTimeout(() => this.save(), AFTER_MS);
  }

  /**
   * Takes over what another tab has written. Changes of this tab that are not written yet are merged, and written soon.
   */
  #adopt() {
    const { subject } = this.#store.state;
    if (subject === null) return;
    const theirs = this.sourcesOf(subject);
    const keepsOwn = this.#timer !== undefined;
    this.#store.update(sourcesReplaced(theirs, { keepsOwn }));
    const { sources } = this.#store.state;
    const heardAt = new Map(theirs.map((source) => [source.id, source.heardAt]));
    // Both tabs have written at once: what the other tab has not read yet is written again.
    if (!keepsOwn && !sources.some((source) => source.heardAt > heardAt.get(source.id)))
      this.#written = sources;
  }

  #read() {
    try {
      const { saved, isNewer } = parseSaved(localStorage.getItem(KEY), isStatusType);
      this.#isReadOnly = isNewer;
      if (isNewer) this.#store.update(keepingFailed(NEWER));
      return saved;
    } catch {
      this.#store.update(keepingFailed(BLOCKED));
      return nothingSaved;
    }
  }
}
