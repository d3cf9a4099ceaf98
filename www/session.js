import { StatusClient, StatusError } from "../pkg/dist/index.js";
import * as activity from "./state/activity.js";
import { bulkAdvanced, bulkBegun, bulkEnded } from "./state/bulk.js";
import {
  applied,
  cancelled,
  changeBegun,
  connected,
  disconnected,
  eventSeen,
  failed,
  tokenTried,
} from "./state/page-state.js";
import { changeCancelled, changeFailed } from "./state/source.js";

/**
 * The page's only way to the service: the client, while there is one, and the calls that can still be cancelled. Only
 * the client has the token, so dropping the client forgets it.
 */
export class Session {
  #store;
  #keeper;
  #journal;
  #client = null;
  #calls = new Map();
  #bulk = null;
  #activity = null;

  constructor(store, keeper, journal) {
    this.#store = store;
    this.#keeper = keeper;
    this.#journal = journal;
    addEventListener("pagehide", () => {
      store.update(activity.activityAbandoned(Date.now()));
      // A browser may go on sending for a page that is gone. Activities are left to the client, which ends them.
      this.#cancelCalls();
      keeper.save();
    });
    // Nobody would see the answers to the requests that are under way.
    addEventListener("beforeunload", (event) => {
      if (this.#isBusy) event.preventDefault();
    });
  }

  get #isBusy() {
    return this.#calls.size > 0 || this.#bulk !== null || activity.isRunning(this.#store.state.activity);
  }

  /**
   * Connects with these options, in place of the connection before.
   *
   * @param {import("../pkg/dist/index.js").StatusClientOptions} options
   * @param {{ isEmulator?: boolean }} [facts]
   * @throws {import("../pkg/dist/index.js").StatusError} if an option is invalid
   */
  open(options, { isEmulator = false } = {}) {
    const onEvent = (event) => {
      if (event.type === "attempt") this.#journal.leaving(event);
      this.#store.update(eventSeen(event));
    };
    const client = new StatusClient({ ...options, journal: this.#journal, onEvent });
    this.close();
    this.#client = client;
    const { organizationId } = options;
    const endpoint = client.request("any", "IDLE").url.split("/organizations/")[0];
    const kept = this.#keeper.sourcesOf({ organizationId, endpoint });
    this.#store.update(connected({ organizationId, endpoint, isEmulator }, kept));
  }

  /** Forgets the token, and cancels what is under way. */
  close() {
    if (this.#client === null) return;
    this.cancelAll();
    this.#client.free();
    this.#client = null;
    this.#keeper.save();
    this.#store.update(disconnected());
  }

  /** Returns the request that would be sent, with the token masked. */
  request(sourceId, statusType) {
    return this.#client.request(sourceId, statusType);
  }

  /** Returns the reason why a text cannot be the id of a source, or `undefined` if it can. */
  problemWith(sourceId) {
    try {
      this.#client?.request(sourceId, "IDLE");
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
    this.#keeper.save();
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
    this.#keeper.save();
    const changes = sourceIds.map((sourceId) => ({ sourceId, statusType }));
    try {
      await this.#client.setStatuses(changes, { signal, onProgress });
      this.#store.update(bulkEnded("complete"));
    } catch (error) {
      this.#store.update(bulkLeft(open, statusType, error, signal));
    } finally {
      this.#bulk = null;
    }
  }

  /**
   * Runs a whole activity: the active status, the retrieval, and IDLE whatever happens.
   *
   * @param {import("./retrieval.js").Retrieval} retrieval
   */
  async runActivity(sourceId, statusType, retrieval) {
    this.#activity = new AbortController();
    const { signal } = this.#activity;
    const update = (transition) => this.#store.update(transition);
    let hasWorked = false;
    const work = async (context) => {
      hasWorked = true;
      update(activity.activityStarted(Date.now()));
      update(tokenTried(undefined, Date.now()));
      try {
        await retrieval.run(context.signal, (done) => update(activity.activityAdvanced(done)));
      } finally {
        update(activity.activityClosing());
      }
    };
    update(activity.activityBegun(sourceId, statusType, retrieval.total));
    this.#keeper.save();
    try {
      await this.#client.runActivity(sourceId, statusType, work, { signal });
      update(activity.activityEnded("completed", "", Date.now()));
    } catch (error) {
      update(activityFailure(error, { hasWorked, isCancelled: signal.aborted }));
      if (!signal.aborted) update(tokenTried(error, Date.now()));
    }
  }

  cancel(sourceId) {
    this.#calls.get(sourceId)?.abort();
  }

  cancelMany() {
    this.#bulk?.abort();
  }

  cancelActivity() {
    this.#activity?.abort();
  }

  cancelAll() {
    this.#cancelCalls();
    this.cancelActivity();
  }

  #cancelCalls() {
    this.cancelMany();
    for (const controller of this.#calls.values()) controller.abort();
  }
}

function transitionOf(result) {
  const { ok, sourceId, statusType } = result;
  return ok ? applied(result.update, Date.now()) : failed(sourceId, statusType, result.error, Date.now());
}

/** Ends a bulk early. The list is replaced once, however many sources are left. */
function bulkLeft(open, statusType, error, signal) {
  const now = Date.now();
  const change = (source) =>
    signal.aborted && error === signal.reason
      ? changeCancelled(source, statusType, now)
      : changeFailed(source, statusType, error, now);
  return bulkEnded("cancelled", open, change);
}

function rejection(sourceId, statusType, error, signal) {
  return signal.aborted && error === signal.reason
    ? cancelled(sourceId, statusType, Date.now())
    : failed(sourceId, statusType, error, Date.now());
}

function activityFailure(error, { hasWorked, isCancelled }) {
  const now = Date.now();
  // If IDLE was needed and failed too, its error is the second of two.
  const [left] = (error.errors ?? [error]).filter(({ code }) => code === "left_active");
  if (left) return activity.activityLeft(left, now);
  if (hasWorked)
    return isCancelled
      ? activity.activityEnded("cancelled", "", now)
      : activity.activityEnded("failed", error.message, now);
  return isCancelled ? activity.activityTakenBack(now) : activity.activityRefused(error, now);
}
