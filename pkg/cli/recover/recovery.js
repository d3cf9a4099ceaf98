import { recoverUnfinished } from "push-source-status/journal";
import { endpointOf } from "../connection.js";
import { Interruption } from "../interruption.js";

/** A call has its time from its first request on. Those whose turn comes late get no more than the first ones. */
const LATE_MS = 1000;

/** The longest time that a timer can count. */
const MOST_MS = 2 ** 31 - 1;

/** One look into the journal, and IDLE for what its owners have left. */
export class Recovery {
  #context;
  #wish;

  constructor(context, wish) {
    this.#context = context;
    this.#wish = wish;
  }

  /** @returns {Promise<number>} the exit code */
  async execute() {
    const { journal, report } = this.#context;
    const surroundings = await this.#surroundings();
    report.begin(surroundings, journal.directory);
    const interruption = new Interruption();
    const overdue = new AbortController();
    const { timeoutMs } = this.#wish;
    const reason = new Error(`not done in ${timeoutMs / 1000} s; try again later`);
    const timer = setTimeout(() => overdue.abort(reason), Math.min(timeoutMs + LATE_MS, MOST_MS));
    try {
      const results = await this.#recover(AbortSignal.any([interruption.signal, overdue.signal]));
      report.results(results);
      if (interruption.name) return interruption.exitCode;
      return surroundings.isMissed || results.some(remains) ? 1 : 0;
    } finally {
      clearTimeout(timer);
      interruption.end();
    }
  }

  #recover(signal) {
    const { client, journal } = this.#context;
    const { sourceIds, staleMs, isDryRun } = this.#wish;
    const [sender, keeper] = isDryRun ? [withoutSending(client), withoutWriting(journal)] : [client, journal];
    return recoverUnfinished(sender, keeper, { sourceIds, staleMs, signal });
  }

  /** What is in the journal beside what this is about. */
  async #surroundings() {
    const { client, organizationId, journal } = this.#context;
    const endpoint = endpointOf(client);
    const entries = await journal.entries();
    const isHere = (entry) => entry.organizationId === organizationId && entry.endpoint === endpoint;
    const elsewhere = entries.filter((entry) => this.#isMeant(entry) && !isHere(entry));
    return {
      unreadable: entries.filter(({ unreadable }) => unreadable !== undefined),
      elsewhere,
      // Who names a source means it, wherever it is: the settings are of another organization or region, for example.
      isMissed: this.#wish.sourceIds !== undefined && elsewhere.some(({ kind }) => kind === "activity"),
    };
  }

  #isMeant({ sourceId, unreadable }) {
    return unreadable === undefined && (this.#wish.sourceIds?.includes(sourceId) ?? true);
  }
}

/** Whether an entry is in the journal still, and an activity may go on. What a call has set may be what somebody wanted. */
export function remains({ outcome, reason }) {
  return outcome === "failed" || (outcome === "kept" && reason !== "call");
}

function withoutSending(client) {
  return { request: (...args) => client.request(...args), setStatus: async () => undefined };
}

/** Without claims too, which are files. */
function withoutWriting(journal) {
  return { entries: (sourceId) => journal.entries(sourceId), strike: async () => {} };
}
