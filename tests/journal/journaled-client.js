import { placeOf } from "../../pkg/journal/place.js";

/** Tells a journal of the calls of a client, in the order in which the core does; what the journal fails with is kept. */
export class JournaledClient {
  failures = [];
  #client;
  #journal;
  #place;

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
    await this.#tell("closed", sourceId, "IDLE", "activity");
  }

  /** Says whether the source may be active. */
  async #activate(sourceId, statusType, kind) {
    await this.#tell("opened", sourceId, statusType, kind);
    try {
      await this.#client.setStatus(sourceId, statusType);
      return true;
    } catch (error) {
      if (error.outcome === "unknown") return true;
      await this.#tell("closed", sourceId, statusType, kind);
      return false;
    }
  }

  async #tell(what, sourceId, statusType, kind) {
    try {
      await this.#journal[what]([{ ...this.#place, sourceId, statusType, kind, at: Date.now() }]);
    } catch (error) {
      this.failures.push(error);
    }
  }
}
