import { recoverUnfinished } from "push-source-status/journal";
import { isAt, placeOf } from "../connection.js";
import { Interruption } from "../interruption.js";
import { MOST_MS } from "../run/duration.js";

/**
 * The time that the whole recovery may take beyond the limit of one call. That limit counts from the call's first
 * request, so calls that start late would otherwise end late.
 */
const LATE_MS = 1000;

/** One pass over the journal, which sets sources to `IDLE` whose owners are gone. */
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

  /** Returns the entries of the journal that cannot be recovered here. */
  async #surroundings() {
    const { client, journal } = this.#context;
    const place = placeOf(client);
    const entries = await journal.entries();
    const elsewhere = entries.filter((entry) => this.#isMeant(entry) && !isAt(place, entry));
    return {
      unreadable: entries.filter(({ unreadable }) => unreadable !== undefined),
      elsewhere,
      // A source that the user named is missed if the settings are for another organization or region, for example.
      isMissed: this.#wish.sourceIds !== undefined && elsewhere.some(({ kind }) => kind === "activity"),
    };
  }

  #isMeant({ sourceId, unreadable }) {
    return unreadable === undefined && (this.#wish.sourceIds?.includes(sourceId) ?? true);
  }
}

/**
 * Returns whether a source may still be active because of an activity that nobody ended. A status that a call has set
 * does not count, since it may be intended.
 */
export function remains({ outcome, reason }) {
  return outcome === "failed" || (outcome === "kept" && reason !== "call");
}

function withoutSending(client) {
  return { request: (...args) => client.request(...args), setStatus: async () => undefined };
}

/** Returns a journal that only reads. It has no claims either, since they are files. */
function withoutWriting(journal) {
  return { entries: (sourceId) => journal.entries(sourceId), strike: async () => {} };
}
