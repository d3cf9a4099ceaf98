/** What one source holds. `orderingId` decides which of two changes of an item is the newer one, not their arrival. */
class Holdings {
  items = new Map();
  /** The newest change of each item, deletions included: an older one that comes late changes nothing. */
  #changes = new Map();
  /** Everything older was deleted, and comes too late from now on. */
  #oldest = 0;

  put(item, orderingId) {
    if (this.#note(item.documentId, orderingId)) this.items.set(item.documentId, Object.freeze(item));
  }

  /** The fields of an item that are not named stay as they are. */
  merge(item, orderingId) {
    this.put({ ...this.items.get(item.documentId), ...item }, orderingId);
  }

  delete({ documentId, deleteChildren }, orderingId) {
    const doomed = deleteChildren ? this.#family(documentId) : [documentId];
    for (const id of doomed) {
      if (this.#note(id, orderingId)) this.items.delete(id);
    }
  }

  deleteOlderThan(orderingId) {
    this.#oldest = Math.max(this.#oldest, orderingId);
    for (const id of this.items.keys()) {
      if (this.#changes.get(id) < orderingId) this.items.delete(id);
    }
  }

  #note(documentId, orderingId) {
    const isNewer = orderingId >= this.#oldest && orderingId >= (this.#changes.get(documentId) ?? 0);
    if (isNewer) this.#changes.set(documentId, orderingId);
    return isNewer;
  }

  /** The item, its children, and theirs. A set hands out what is added to it while it is gone through. */
  #family(documentId) {
    const family = new Set([documentId]);
    for (const parentId of family) {
      for (const [id, item] of this.items) if (item.parentId === parentId) family.add(id);
    }
    return family;
  }
}

/** What the sources hold once everything that was pushed has been processed: here that is at once. */
export class DocumentStore {
  #bySource = new Map();

  /** The documents of a source that is pushed to. */
  holdings(sourceId) {
    const holdings = this.#bySource.get(sourceId) ?? new Holdings();
    this.#bySource.set(sourceId, holdings);
    return holdings;
  }

  of(sourceId) {
    return new Map(this.#bySource.get(sourceId)?.items);
  }

  sourceIds() {
    return [...this.#bySource.keys()];
  }

  clear() {
    this.#bySource.clear();
  }
}
