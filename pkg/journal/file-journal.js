import { createHash, randomBytes } from "node:crypto";
import { basename, join, resolve } from "node:path";
import { checkStaleness, checkText, checkTexts } from "./arguments.js";
import { Claims, Holder } from "./claims.js";
import { DurableFolder } from "./durable-folder.js";
import { groupOf, isProgramAlone, lifeOf, ownerNamed } from "./owner.js";
import { isAt, isSameSource } from "./place.js";
import { Processes } from "./processes.js";
import { formatEntry, PROCESS, PURPOSES, parseEntry } from "./record.js";
import { stateFolder } from "./state-folder.js";
import { inTurn } from "./tasks.js";

const ENDING = ".json";

/** The size of a record. A full disk may still have room for an empty file. */
const ROOM = " ".repeat(1024);

/** Makes a journal in files: see its declaration. */
export function fileJournal(options = {}) {
  checkTexts(options, ["directory", "owner", "mark"]);
  return new FileJournal(options);
}

class FileJournal {
  #directory;
  #name;
  #mark;
  /** Part of the names of the records. Two journals of one process must not strike each other's records. */
  #instance = randomBytes(8).toString("hex");
  #knownOwner;
  /** The open entries, by file name. */
  #open = new Map();
  /** The held claims, each with its source and place. */
  #held = new Map();

  constructor({ directory, owner, mark }) {
    this.#directory = directory && resolve(directory);
    this.#name = owner ?? null;
    this.#mark = mark ?? null;
  }

  // Read when it is needed: a home folder that cannot be found must not stop a program at its start.
  get directory() {
    this.#directory ??= stateFolder();
    return this.#directory;
  }

  get #folder() {
    return new DurableFolder(this.directory);
  }

  get #owner() {
    this.#knownOwner ??= ownerNamed(this.#name, this.#mark);
    return this.#knownOwner;
  }

  opened(entries) {
    if (entries.length === 0) return;
    const folder = this.#folder;
    inTurn([...entries.map((entry) => () => this.#write(folder, entry)), () => folder.sync()]);
  }

  #write(folder, entry) {
    const name = this.#nameOf(entry);
    folder.write(name, formatEntry(entry, this.#owner));
    this.#open.set(name, entry);
  }

  /** Does not sync: after a power cut, a record that came back only sets its source to IDLE again. */
  closed(entries) {
    inTurn([
      ...entries.map((entry) => () => this.#remove(this.#nameOf(entry))),
      () => this.#removeGone(entries),
    ]);
  }

  #remove(name) {
    this.#open.delete(name);
    this.#folder.remove(name);
  }

  #removeGone(entries) {
    const names = this.#names().filter((name) => entries.some(({ sourceId }) => isOf(sourceId, name)));
    const isOfThese = (record) => entries.some((entry) => isSameSource(record, entry));
    const gone = this.#read(names).filter((record) => record.owner === "gone" && isOfThese(record));
    inTurn(
      gone.map(
        ({ id }) =>
          () =>
            this.#remove(id),
      ),
    );
  }

  async entries(sourceId) {
    if (sourceId !== undefined) checkText(sourceId, "sourceId");
    this.#folder.sweep();
    const names = this.#names().filter((name) => sourceId === undefined || isOf(sourceId, name));
    return this.#read(names).sort((one, other) => (one.at ?? Infinity) - (other.at ?? Infinity));
  }

  async strike({ id }) {
    if (basename(`${id}`) !== id || !id.endsWith(ENDING)) throw new TypeError("entry is not of this journal");
    this.#remove(id);
  }

  async claim(sourceId, { staleMs = Infinity, purpose = "work", place } = {}) {
    checkText(sourceId, "sourceId");
    checkStaleness(staleMs);
    if (!PURPOSES.includes(purpose)) throw new TypeError(`purpose must be ${PURPOSES.join(" or ")}`);
    const claims = new Claims(join(this.directory, "claims"), this.#owner);
    const claim = claims.take(claimKeyOf(sourceId, place), { sourceId, purpose }, staleMs);
    if (claim instanceof Holder) {
      const { life, owner, since } = claim;
      const ownedBy = owner && publicOwner(owner, life, new Processes());
      return { ok: false, sourceId, owner: life, ownedBy, since, purpose: claim.purpose };
    }
    this.#held.set(claim, { sourceId, place });
    return { ok: true, sourceId, since: claim.since, release: () => this.#release(claim) };
  }

  holds(sourceId, place) {
    const isIt = (held) => held.sourceId === sourceId && (!place || !held.place || isAt(place, held.place));
    return [...this.#held.values()].some(isIt);
  }

  #release(claim) {
    if (!this.#held.delete(claim)) return;
    try {
      claim.release();
    } catch {
      // The claim ends with this process at the latest.
    }
  }

  follow(group) {
    if (!Number.isSafeInteger(group) || group <= 0)
      throw new TypeError("group must be the id of a process group");
    this.#knownOwner = { ...this.#owner, group: groupOf(group) };
    this.opened([...this.#open.values()]);
    for (const claim of this.#held.keys()) claim.rewrite(this.#owner);
  }

  check() {
    const name = `${this.#instance}.check`;
    this.#folder.write(name, ROOM);
    this.#folder.remove(name);
  }

  #nameOf({ organizationId, endpoint, sourceId }) {
    return `${keyOf(sourceId)}.${hash(organizationId, endpoint, this.#instance)}${ENDING}`;
  }

  /** The names of the records. Other files are ignored. */
  #names() {
    return this.#folder.names().filter((name) => name.endsWith(ENDING));
  }

  #read(names) {
    const processes = new Processes();
    return names.map((id) => this.#readOne(id, processes)).filter((entry) => entry !== undefined);
  }

  #readOne(id, processes) {
    try {
      const text = this.#folder.read(id);
      if (text === undefined) return undefined;
      const { entry, owner } = parseEntry(text, PROCESS);
      const life = this.#open.has(id) ? "live" : lifeOf(owner, this.#owner, processes);
      return { id, ...entry, owner: life, ownedBy: publicOwner(owner, life, processes) };
    } catch (error) {
      const unreadable = error.code ? `it cannot be read (${error.code})` : error.message;
      return { id, owner: "unknown", unreadable, file: this.#folder.pathOf(id) };
    }
  }
}

function publicOwner(owner, life, processes) {
  const { pid, host, name, group } = owner;
  const isAlone = life === "live" && isProgramAlone(owner, processes);
  return { pid, host, name: name ?? undefined, group: group?.id, ...(isAlone && { isProgramAlone: true }) };
}

function isOf(sourceId, name) {
  return name.startsWith(`${keyOf(sourceId)}.`);
}

function claimKeyOf(sourceId, place) {
  const source = keyOf(sourceId);
  return place ? { source, place: hash(place.organizationId, place.endpoint) } : { source };
}

/** A hash: ids can differ in case alone, and some file systems ignore case. */
function keyOf(sourceId) {
  return hash(sourceId);
}

function hash(...texts) {
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 24);
}
