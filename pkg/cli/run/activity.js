import { setTimeout as sleep } from "node:timers/promises";
import { Requests } from "./requests.js";
import { Sources } from "./sources.js";

/** The largest number of requests for a status. It is so high that only the time limits them. */
const MOST_ATTEMPTS = 100;
const USUAL_DELAY_MS = 8000;

/** The time limit of an attempt once the run has to stop. */
const STOPPING_ATTEMPT_MS = 3000;

/** The time limit of IDLE once the run has to end at once. */
export const LAST_CALL_MS = 5000;

/** The options of the last client. It makes many short attempts, since there is no time for longer ones. */
const LAST_CLIENT = {
  attemptTimeoutMs: STOPPING_ATTEMPT_MS,
  totalTimeoutMs: LAST_CALL_MS,
  retry: { attempts: MOST_ATTEMPTS, maxDelayMs: 1000 },
};

/** The interval between checks for a new token. */
const TOKEN_LOOK_MS = 250;

/** The activity of a run. All its sources are active while its program runs, or none, and idle afterwards. */
export class Activity {
  #task;
  #connection;
  #report;
  #sources;
  #client;
  #requests = new Requests();
  /** True once anything may have been sent. */
  isBegun = false;
  /** True once only a few seconds are left for IDLE. */
  isHastened = false;
  #workEndedAt;
  #stopping = new AbortController();
  #handOver;
  #handedOver = new Promise((resolve) => {
    this.#handOver = resolve;
  });

  /**
   * @param {import("./task.js").Task & { sourceIds: string[] }} task
   * @param {import("../connection.js").Connection} connection
   * @param {import("push-source-status").StatusJournal | undefined} journal
   * @param {import("./report.js").RunReport} report
   */
  constructor(task, connection, journal, report) {
    this.#task = task;
    this.#connection = connection;
    this.#report = report;
    this.#sources = new Sources(journal);
    this.#client = this.#patientClient(task.activationTimeoutMs);
  }

  get client() {
    return this.#client;
  }

  /**
   * Sets the active status, does the work, and sets IDLE in any case.
   *
   * @template T
   * @param {(unannounced: import("./sources.js").Failure[]) => Promise<T>} work receives the sources whose active
   *   status could not be set
   * @param {AbortSignal} signal cancels the activity before the work has begun
   * @returns {Promise<{ value?: T, failure?: any, leftActive: import("./sources.js").Failure[] }>} the value of the
   *   work, or the reason why it did not start; and the sources whose IDLE could not be set
   */
  async around(work, signal) {
    this.isBegun = true;
    let working;
    const begin = ({ inactive }) => {
      working = work(this.#sources.failuresOf(inactive));
      return working;
    };
    const failure = await Promise.race([this.#run(begin, signal), this.#handedOver]);
    const value = await working;
    await Promise.race([this.#closeWithNewToken(), this.#handedOver]);
    if (this.isHastened) await this.#close(this.#sources.mayBeActive);
    return { value, failure, leftActive: this.#sources.failuresOf(this.#sources.mayBeActive) };
  }

  /** Limits all attempts to a few seconds, including those under way, and stops waiting for a new token. */
  shorten() {
    this.#requests.limit(STOPPING_ATTEMPT_MS);
    this.#stopping.abort();
  }

  /** Gives up the client, and sets the remaining sources to IDLE with a less patient one. */
  hasten() {
    this.#requests.giveUp();
    this.#client = this.#newClient(LAST_CLIENT);
    this.isHastened = true;
    this.#handOver();
  }

  /** @returns {Promise<unknown>} the first failure */
  async #run(begin, signal) {
    const { sourceIds, statusType, onActivationFailure } = this.#task;
    const work = async (context) => {
      await begin(context);
      this.#workEndedAt = performance.now();
    };
    try {
      await this.#client.runActivity(sourceIds, statusType, work, { signal, onActivationFailure });
      return undefined;
    } catch (error) {
      this.#sources.noteEnd(error);
      return error instanceof AggregateError ? error.errors[0] : error;
    }
  }

  /** Waits for a new token after a refusal, since the token's renewal may be late, and then sets IDLE. */
  async #closeWithNewToken() {
    const { isTokenRenewed } = this.#connection;
    if (!isTokenRenewed || this.#sources.refused.length === 0 || this.#stopping.signal.aborted) return;
    const passedMs = performance.now() - (this.#workEndedAt ?? performance.now());
    const waitMs = Math.max(0, Math.ceil(this.#task.closeTimeoutMs - passedMs));
    const deadline = AbortSignal.timeout(waitMs);
    const signal = AbortSignal.any([deadline, this.#stopping.signal]);
    this.#report.tell("awaiting_token", { sourceIds: this.#sources.refused, waitMs });
    while (this.#sources.refused.length > 0 && !signal.aborted) {
      if (await isTokenRenewed()) {
        // A new client, since the old one keeps its token until it is refused once more.
        this.#client = this.#patientClient(this.#task.closeTimeoutMs);
        await this.#close(this.#sources.refused, deadline).catch(() => {});
      } else await sleep(TOKEN_LOOK_MS, undefined, { signal }).catch(() => {});
    }
  }

  #close(sourceIds, signal) {
    const changes = sourceIds.map((sourceId) => ({ sourceId, statusType: "IDLE" }));
    return this.#client.setStatuses(changes, { signal });
  }

  #patientClient(totalTimeoutMs) {
    const { closeTimeoutMs } = this.#task;
    // Long enough for the attempts to fill the whole time.
    const maxDelayMs = Math.max(USUAL_DELAY_MS, Math.ceil((2 * totalTimeoutMs) / MOST_ATTEMPTS));
    return this.#newClient({
      fetch: this.#requests.fetch,
      totalTimeoutMs,
      closeTimeoutMs,
      retry: { attempts: MOST_ATTEMPTS, maxDelayMs },
    });
  }

  #newClient(options) {
    const client = this.#connection.client({
      concurrency: Math.min(1000, Math.max(8, this.#task.sourceIds.length)),
      onEvent: (event) => {
        // Events of a client that was given up are ignored.
        if (client !== this.#client) return;
        this.#sources.note(event);
        // Another client may still set IDLE. The run reports the sources that are left active at its end.
        if (event.type !== "left_active") this.#report.pass(event);
      },
      journal: this.#sources.journal,
      ...options,
    });
    return client;
  }
}
