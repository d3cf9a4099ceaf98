import { checkText } from "./arguments.js";
import { formatEntry, parseEntry } from "./record.js";
import { inTurn } from "./tasks.js";

const PREFIX = "push-source-status/journal/";

/** Makes a journal in the storage of a page: see its declaration. */
export function storageJournal(storage) {
  if (typeof storage?.setItem !== "function") {
    throw new TypeError("storage must be a storage, for example localStorage");
  }
  return new StorageJournal(storage, globalThis.navigator?.locks);
}

/** A page holds a lock as long as it lives. Without locks, its life is unknown. */
class StorageJournal {
  #storage;
  #locks;
  #page = randomName();
  #lock;
  #isReady = false;
  #hasLock = false;
  #held = new Set();

  constructor(storage, locks) {
    this.#storage = storage;
    this.#locks = locks;
  }

  opened(entries) {
    if (this.#isReady) return this.#write(entries);
    this.#lock ??= this.#takeLock();
    return this.#lock.then(() => this.#write(entries));
  }

  /** The lock comes before the first record: a record without its lock looks as if the page were gone. */
  async #takeLock() {
    this.#hasLock = await new Promise((resolve) => {
      if (!this.#locks) return resolve(false);
      const untilTheEnd = () => {
        resolve(true);
        return new Promise(() => {});
      };
      this.#locks.request(lockOf(this.#page), untilTheEnd).catch(() => resolve(false));
    });
    this.#isReady = true;
  }

  #write(entries) {
    const owner = { page: this.#page, hasLock: this.#hasLock };
    inTurn(
      entries.map((entry) => () => this.#storage.setItem(this.#keyOf(entry), formatEntry(entry, owner))),
    );
  }

  closed(entries) {
    for (const entry of entries) this.#storage.removeItem(this.#keyOf(entry));
    // Of thousands of records few are of these sources.
    const ofOthers = this.#records((id) => entries.some((entry) => id.endsWith(placeIn(entry))));
    if (ofOthers.length > 0) return this.#strikeGone(ofOthers);
  }

  async #strikeGone(records) {
    for (const record of await this.#judged(records)) if (record.owner === "gone") await this.strike(record);
  }

  async entries(sourceId) {
    if (sourceId !== undefined) checkText(sourceId, "sourceId");
    const records = this.#records().filter(
      (record) => sourceId === undefined || record.sourceId === sourceId,
    );
    const entries = await this.#judged(records);
    return entries.sort((one, other) => (one.at ?? Infinity) - (other.at ?? Infinity));
  }

  async strike({ id }) {
    if (typeof id !== "string" || !id.startsWith(PREFIX)) throw new TypeError("entry is not of this journal");
    this.#storage.removeItem(id);
  }

  async claim(sourceId) {
    checkText(sourceId, "sourceId");
    const since = Date.now();
    const release = await this.#takeSource(sourceId);
    if (!release) return { ok: false, sourceId, owner: "live" };
    this.#held.add(sourceId);
    return {
      ok: true,
      sourceId,
      since,
      release: () => {
        this.#held.delete(sourceId);
        release();
      },
    };
  }

  /** Returns the function that releases the source; `undefined` if another page has it. */
  async #takeSource(sourceId) {
    const withoutLock = () => {};
    if (!this.#locks) return withoutLock;
    return new Promise((resolve, reject) => {
      const taken = (lock) => (lock ? new Promise((release) => resolve(release)) : resolve(undefined));
      const refused = (error) => (error.name === "SecurityError" ? resolve(withoutLock) : reject(error));
      this.#locks.request(`${PREFIX}claim/${sourceId}`, { ifAvailable: true }, taken).catch(refused);
    });
  }

  holds(sourceId) {
    return this.#held.has(sourceId);
  }

  #keyOf(entry) {
    return `${PREFIX}${this.#page}${placeIn(entry)}`;
  }

  #records(isWanted = () => true) {
    const keys = Array.from({ length: this.#storage.length }, (_, index) => this.#storage.key(index));
    return keys.filter((key) => key?.startsWith(PREFIX) && isWanted(key)).map((id) => this.#read(id));
  }

  #read(id) {
    try {
      const { entry, owner } = parseEntry(this.#storage.getItem(id), PAGE);
      return { id, ...entry, page: owner };
    } catch (error) {
      return { id, unreadable: error.message };
    }
  }

  async #judged(records) {
    const names = await this.#namesOfLocks();
    return records.map(({ page, ...entry }) => ({
      ...entry,
      owner: page ? this.#lifeOf(page, names) : "unknown",
    }));
  }

  /** Returns the names of the locks that are held; `undefined` in a page that has no locks, or may not use them. */
  async #namesOfLocks() {
    try {
      const { held } = await this.#locks.query();
      return new Set(held.map(({ name }) => name));
    } catch {
      return undefined;
    }
  }

  #lifeOf({ page, hasLock }, names) {
    if (page === this.#page || names?.has(lockOf(page))) return "live";
    return hasLock && names ? "gone" : "unknown";
  }
}

/** The members of an owner that is a page. */
const PAGE = {
  page: (value) => typeof value === "string",
  hasLock: (value) => typeof value === "boolean",
};

/** Returns the end of the key of a source's record, which is the same for all pages. */
function placeIn({ organizationId, endpoint, sourceId }) {
  return `/${organizationId}/${sourceId}/${endpoint}`;
}

function lockOf(page) {
  return `${PREFIX}page/${page}`;
}

/** A random name. `crypto.randomUUID` is missing in a page that came by http. */
function randomName() {
  return [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
