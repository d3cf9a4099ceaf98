import { setTimeout as sleep } from "node:timers/promises";
import { Requests } from "./requests.js";
import { Sources } from "./sources.js";

/** How many requests the active status may take: it is time that ends it. */
const MOST_ATTEMPTS = 100;
const USUAL_DELAY_MS = 8000;

/** How long an attempt may take when the run is to stop. */
const STOPPING_ATTEMPT_MS = 3000;

/** How long IDLE may take when the run is to end at once. */
export const LAST_CALL_MS = 5000;

/** For the last seconds: many short attempts, since no later one will come. */
const LAST_CLIENT = {
  attemptTimeoutMs: STOPPING_ATTEMPT_MS,
  totalTimeoutMs: LAST_CALL_MS,
  retry: { attempts: MOST_ATTEMPTS, maxDelayMs: 1000 },
};

/** How often to look whether there is another token. */
const TOKEN_LOOK_MS = 250;

/** The activity of a run: its sources are active, all of them or none, while its program works, and then idle. */
export class Activity {
  #task;
  #connection;
  #report;
  #sources;
  #client;
  #requests = new Requests();
  /** Whether anything was sent for it. */
  isBegun = false;
  #workEndedAt;
  #stopping = new AbortController();
  #isHastened = false;
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
    this.#client = this.#patientClient();
  }

  get client() {
    return this.#client;
  }

  /**
   * Sets the active status, does the work, and sets IDLE whatever happens.
   *
   * @template T
   * @param {(unannounced: import("./sources.js").Failure[]) => Promise<T>} work gets the sources whose active status could
   *   not be set
   * @param {AbortSignal} signal ends it before the work has begun: what is still being set is taken back
   * @returns {Promise<{ value?: T, failure?: any, leftActive: import("./sources.js").Failure[] }>} what the work gave, or
   *   why it did not start; and the sources whose IDLE could not be set
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
    if (this.#isHastened) await this.#close(this.#sources.mayBeActive);
    return { value, failure, leftActive: this.#sources.failuresOf(this.#sources.mayBeActive) };
  }

  /** From now on an attempt takes a few seconds at most, one under way included, and no other token is waited for. */
  shorten() {
    this.#requests.limit(STOPPING_ATTEMPT_MS);
    this.#stopping.abort();
  }

  /** From now on another client, one with less patience, sets IDLE where that has not been done yet. */
  hasten() {
    this.#requests.giveUp();
    this.#client = this.#newClient(LAST_CLIENT);
    this.#isHastened = true;
    this.#handOver();
  }

  /** @returns {Promise<unknown>} what failed first */
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

  /** Where the token has run out, whoever renews it may be late. */
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
        // A client keeps its token until that is refused once more.
        this.#client = this.#patientClient();
        await this.#close(this.#sources.refused, deadline).catch(() => {});
      } else await sleep(TOKEN_LOOK_MS, undefined, { signal }).catch(() => {});
    }
  }

  #close(sourceIds, signal) {
    const changes = sourceIds.map((sourceId) => ({ sourceId, statusType: "IDLE" }));
    return this.#client.setStatuses(changes, { signal });
  }

  #patientClient() {
    const { activationTimeoutMs, closeTimeoutMs } = this.#task;
    // So long that all the attempts fill the time.
    const maxDelayMs = Math.max(USUAL_DELAY_MS, Math.ceil((2 * activationTimeoutMs) / MOST_ATTEMPTS));
    return this.#newClient({
      fetch: this.#requests.fetch,
      totalTimeoutMs: activationTimeoutMs,
      closeTimeoutMs,
      retry: { attempts: MOST_ATTEMPTS, maxDelayMs },
    });
  }

  #newClient(options) {
    const client = this.#connection.client({
      concurrency: Math.min(1000, Math.max(8, this.#task.sourceIds.length)),
      onEvent: (event) => {
        // What the client says that was given up is of no interest.
        if (client !== this.#client) return;
        this.#sources.note(event);
        // Whether it is left active is known when all was tried.
        if (event.type !== "left_active") this.#report.pass(event);
      },
      journal: this.#sources.journal,
      ...options,
    });
    return client;
  }
}
