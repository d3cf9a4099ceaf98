import { StatusClient, StatusError } from "../pkg/dist/index.js";
import {
  applied,
  bulkAdvanced,
  bulkBegun,
  bulkEnded,
  cancelled,
  changeBegun,
  connected,
  disconnected,
  eventSeen,
  failed,
} from "./state/page-state.js";

/**
 * The page's only way to the service: the client while there is one, and the calls that can still be taken back. The
 * token is handed to the client and kept nowhere else, so that dropping the client forgets it.
 */
export class Session {
  #store;
  #client = null;
  #calls = new Map();
  #bulk = null;

  constructor(store) {
    this.#store = store;
  }

  /**
   * @param {import("../pkg/dist/index.js").StatusClientOptions} options
   * @param {{ isEmulator?: boolean }} [facts]
   * @throws {import("../pkg/dist/index.js").StatusError} when an option is not acceptable
   */
  open(options, { isEmulator = false } = {}) {
    const onEvent = (event) => this.#store.update(eventSeen(event));
    const client = new StatusClient({ ...options, onEvent });
    this.close();
    this.#client = client;
    const { organizationId } = options;
    const endpoint = client.request("any", "IDLE").url.split("/organizations/")[0];
    this.#store.update(connected({ organizationId, endpoint, isEmulator }));
  }

  /** Forgets the token, and takes back what is under way. */
  close() {
    if (this.#client === null) return;
    this.cancelAll();
    this.#client.free();
    this.#client = null;
    this.#store.update(disconnected());
  }

  /** Why this cannot be the id of a source; `undefined` if it can. */
  problemWith(sourceId) {
    try {
      this.#client.request(sourceId, "IDLE");
      return undefined;
    } catch (error) {
      if (error instanceof StatusError && error.argument === "sourceId") return error.message;
      throw error;
    }
  }

  async set(sourceId, statusType) {
    const controller = new AbortController();
    const { signal } = controller;
    this.#calls.set(sourceId, controller);
    this.#store.update(changeBegun(sourceId, statusType));
    try {
      const update = await this.#client.setStatus(sourceId, statusType, { signal });
      this.#store.update(applied(update, Date.now()));
    } catch (error) {
      this.#store.update(rejection(sourceId, statusType, error, signal));
    } finally {
      this.#calls.delete(sourceId);
    }
  }

  async setMany(sourceIds, statusType) {
    this.#bulk = new AbortController();
    const { signal } = this.#bulk;
    const open = new Set(sourceIds);
    const onProgress = ({ result, done, failed }) => {
      open.delete(result.sourceId);
      this.#store.update(transitionOf(result));
      this.#store.update(bulkAdvanced({ done, failed }));
    };
    this.#store.update(bulkBegun(sourceIds, statusType));
    const changes = sourceIds.map((sourceId) => ({ sourceId, statusType }));
    try {
      await this.#client.setStatuses(changes, { signal, onProgress });
      this.#store.update(bulkEnded("complete"));
    } catch (error) {
      for (const sourceId of open) this.#store.update(rejection(sourceId, statusType, error, signal));
      this.#store.update(bulkEnded("cancelled"));
    } finally {
      this.#bulk = null;
    }
  }

  cancel(sourceId) {
    this.#calls.get(sourceId)?.abort();
  }

  cancelMany() {
    this.#bulk?.abort();
  }

  cancelAll() {
    this.cancelMany();
    for (const controller of this.#calls.values()) controller.abort();
  }
}

function transitionOf(result) {
  const { ok, sourceId, statusType } = result;
  return ok ? applied(result.update, Date.now()) : failed(sourceId, statusType, result.error, Date.now());
}

function rejection(sourceId, statusType, error, signal) {
  return signal.aborted && error === signal.reason
    ? cancelled(sourceId, statusType, Date.now())
    : failed(sourceId, statusType, error, Date.now());
}
