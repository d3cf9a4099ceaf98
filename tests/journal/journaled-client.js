import { placeOf } from "../../pkg/journal/place.js";

/** Tells a journal of the calls of a client, in the order in which the core does; what the journal fails with is kept. */
export class JournaledClient {
  failures = [];
  #client;
  #journal;
  #place;
  /** The entries that are open, by their sources. */
  #open = new Map();

  constructor(client, journal) {
    this.#client = client;
    this.#journal = journal;
    this.#place = placeOf(client);
  }

  /** The active status, the work, IDLE. */
  async runActivity(sourceId, statusType, work) {
    if (!(await this.#activate(sourceId, statusType, "activity"))) return;
    await work();
    await this.setIdle(sourceId);
  }

  /** A call of the user's own. */
  async setActive(sourceId, statusType) {
    await this.#activate(sourceId, statusType, "call");
  }

  async setIdle(sourceId) {
    try {
      await this.#client.setStatus(sourceId, "IDLE");
    } catch {
      return;
    }
    await this.#close(this.#entry(sourceId, "IDLE", "activity"));
  }

  /** Says whether the source may be active because of this. */
  async #activate(sourceId, statusType, kind) {
    const before = this.#open.get(sourceId);
    const entry = this.#entry(sourceId, statusType, kind);
    await this.#reopen(entry);
    try {
      await this.#client.setStatus(sourceId, statusType);
      return true;
    } catch (error) {
      if (error.outcome === "unknown") return true;
      // What was set before is still there.
      if (before) await this.#reopen(before);
      else await this.#close(entry);
      return false;
    }
  }

  #entry(sourceId, statusType, kind) {
    return { ...this.#place, sourceId, statusType, kind, at: Date.now() };
  }

  async #reopen(entry) {
    this.#open.set(entry.sourceId, entry);
    await this.#tell("opened", entry);
  }

  async #close(entry) {
    this.#open.delete(entry.sourceId);
    await this.#tell("closed", entry);
  }

  async #tell(what, entry) {
    try {
      await this.#journal[what]([entry]);
    } catch (error) {
      this.failures.push(error);
    }
  }
}
