/** The documents of one source. Of two changes to an item, the one with the higher `orderingId` wins, not the later one. */
class Holdings {
  items = new Map();
  /** The newest change of each item, deletions included: an older one that arrives later is ignored. */
  #changes = new Map();
  /** Everything older was deleted, and is ignored from now on. */
  #oldest = 0;

  put(item, orderingId) {
    if (this.#note(item.documentId, orderingId)) this.items.set(item.documentId, Object.freeze(item));
  }

  /** Changes the given fields of an item, and keeps the others. */
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

  /** The item and its descendants. The loop over a set also visits items that are added meanwhile. */
  #family(documentId) {
    const family = new Set([documentId]);
    for (const parentId of family) {
      for (const [id, item] of this.items) if (item.parentId === parentId) family.add(id);
    }
    return family;
  }
}

/** The documents of all sources. Every push is processed at once. */
export class DocumentStore {
  #bySource = new Map();

  /** Returns the documents of a source, for a push. */
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
