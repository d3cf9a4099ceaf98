/**
 * The changes that may have been applied although no answer says so, by their sources. Of an active status, the client
 * itself knows: it takes a source out of its journal when nothing was applied for certain. It does not for IDLE, so there
 * every source counts for which a request was tried.
 */
export class OpenChanges {
  #sourceIds = new Set();
  #isIdle;

  constructor(statusType) {
    this.#isIdle = statusType === "IDLE";
  }

  /** A journal for the client of an active status. It keeps nothing. */
  journal = {
    opened: (entries) => {
      for (const { sourceId } of entries) this.#sourceIds.add(sourceId);
    },
    closed: (entries) => {
      for (const { sourceId } of entries) this.#sourceIds.delete(sourceId);
    },
  };

  note({ type, sourceId }) {
    if (this.#isIdle && type === "attempt") this.#sourceIds.add(sourceId);
  }

  has(sourceId) {
    return this.#sourceIds.has(sourceId);
  }
}
