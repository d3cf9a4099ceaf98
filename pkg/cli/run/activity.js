import { Requests } from "./requests.js";

/** How long an attempt may take when the run is to stop. */
const STOPPING_ATTEMPT_MS = 3000;

/** How long IDLE may take when the run is to end at once. */
export const LAST_CALL_MS = 5000;

/** For the last seconds: many short attempts, since no later one will come. */
const LAST_CLIENT = {
  attemptTimeoutMs: STOPPING_ATTEMPT_MS,
  totalTimeoutMs: LAST_CALL_MS,
  retry: { attempts: 100, maxDelayMs: 1000 },
};

/** The activity of a run: its sources are active, all of them or none, while its program works, and then idle. */
export class Activity {
  #task;
  #connection;
  #journal;
  #report;
  #client;
  #requests = new Requests();
  #mayBeActive = new Set();
  /** What the client said last of each source that could not be set. */
  #failures = new Map();
  /** Whether anything was sent for it. */
  isBegun = false;
  #isHastened = false;
  #handOver;
  #handedOver = new Promise((resolve) => {
    this.#handOver = resolve;
  });

  /**
   * @param {{ sourceIds: string[], statusType: string, onActivationFailure?: string }} task
   * @param {import("../connection.js").Connection} connection
   * @param {import("push-source-status").StatusJournal | undefined} journal
   * @param {import("./report.js").RunReport} report
   */
  constructor(task, connection, journal, report) {
    this.#task = task;
    this.#connection = connection;
    this.#journal = journal;
    this.#report = report;
    this.#client = this.#newClient({ fetch: this.#requests.fetch });
  }

  get client() {
    return this.#client;
  }

  /**
   * Sets the active status, does the work, and sets IDLE whatever happens.
   *
   * @template T
   * @param {(unannounced: Failure[]) => Promise<T>} work gets the sources whose active status could not be set
   * @param {AbortSignal} signal ends it before the work has begun: what is still being set is taken back
   * @returns {Promise<{ value?: T, failure?: unknown, leftActive: Failure[] }>} what the work gave, or why it did not
   *   start; and the sources whose IDLE could not be set
   * @typedef {{ id: string, message: string }} Failure
   */
  async around(work, signal) {
    this.isBegun = true;
    const { sourceIds, statusType, onActivationFailure } = this.#task;
    let working;
    const begin = ({ inactive }) => {
      working = work(this.#failuresOf(inactive));
      return working;
    };
    const options = { signal, onActivationFailure };
    const activity = this.#client.runActivity(sourceIds, statusType, begin, options);
    const failure = await Promise.race([activity.then(() => undefined, firstOf), this.#handedOver]);
    const value = await working;
    if (this.#isHastened) await this.#closeAtOnce();
    return { value, failure, leftActive: this.#failuresOf([...this.#mayBeActive]) };
  }

  /** From now on an attempt takes a few seconds at most, one under way included. */
  shorten() {
    this.#requests.limit(STOPPING_ATTEMPT_MS);
  }

  /** From now on another client, one with less patience, sets IDLE where that has not been done yet. */
  hasten() {
    this.#requests.giveUp();
    this.#client = this.#newClient(LAST_CLIENT);
    this.#isHastened = true;
    this.#handOver();
  }

  #closeAtOnce() {
    const changes = [...this.#mayBeActive].map((sourceId) => ({ sourceId, statusType: "IDLE" }));
    return this.#client.setStatuses(changes);
  }

  #failuresOf(sourceIds) {
    return sourceIds.map((id) => ({ id, message: this.#failures.get(id) }));
  }

  #newClient(options) {
    const client = this.#connection.client({
      concurrency: Math.min(1000, Math.max(8, this.#task.sourceIds.length)),
      onEvent: (event) => {
        // What the client says that was given up is of no interest.
        if (client !== this.#client) return;
        if (event.type === "failed") this.#failures.set(event.sourceId, event.message);
        // Whether it is left active is known when all was tried.
        if (event.type !== "left_active") this.#report.pass(event);
      },
      journal: {
        opened: (entries) => {
          for (const { sourceId } of entries) this.#mayBeActive.add(sourceId);
          return this.#journal?.opened(entries);
        },
        closed: (entries) => {
          for (const { sourceId } of entries) this.#mayBeActive.delete(sourceId);
          return this.#journal?.closed(entries);
        },
      },
      ...options,
    });
    return client;
  }
}

/** Where IDLE failed too, what failed before it. */
function firstOf(error) {
  return error instanceof AggregateError ? error.errors[0] : error;
}
