import { ownerText, sinceText } from "../entry-text.js";
import { textOf } from "../error-text.js";
import { paintFor, printable } from "../terminal.js";
import { remains } from "./recovery.js";

/** The reasons why an entry stays although nothing was sent for it. */
const REASONS = {
  live: ({ ownedBy }) => `its owner is live: ${ownerText(ownedBy)}`,
  unknown: ({ ownedBy }) =>
    `its owner is unknown: ${ownerText(ownedBy)}; if that has ended, --stale TIME takes what is older`,
  in_use: () => "somebody else is at work on it, or may be",
  call: ({ kind }) =>
    `${kind === "call" ? "a call" : "a later call"} set the source, which may be what somebody wanted; set IDLE ends it`,
  claimed: () => "somebody else has it to themselves",
};

/** The reasons that mean that somebody is at work, which is no trouble. `--quiet` hides them. */
const AT_WORK = new Set(["live", "claimed"]);

/** The report of `recover` for people. Done work goes to standard output, and entries that remain to standard error. */
export class TextReport {
  #stdout;
  #stderr;
  #paint;
  #isQuiet;
  #isDryRun;
  #directory;
  #hasElsewhere;

  constructor(stdout, stderr, env, { quiet = false, "dry-run": isDryRun = false }) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.#paint = { out: paintFor(stdout, env), err: paintFor(stderr, env) };
    this.#isQuiet = quiet;
    this.#isDryRun = isDryRun;
  }

  begin({ unreadable, elsewhere, isMissed }, directory) {
    this.#directory = directory;
    this.#hasElsewhere = elsewhere.length > 0;
    for (const { file, unreadable: why } of unreadable) this.#warn(`${file}: ${why}; it is left as it is`);
    if (elsewhere.length > 0 && (isMissed || !this.#isQuiet)) {
      const are = elsewhere.length === 1 ? "1 entry is" : `${elsewhere.length} entries are`;
      this.#warn(`${are} of another organization or endpoint; push-source-status unfinished shows all`);
    }
  }

  onEvent({ type, sourceId, delayMs, reason }) {
    if (type !== "retry" || this.#isQuiet || !this.#stderr.isTerminal) return;
    const wait = `${sourceId}: IDLE not set yet (${reason}); trying again in ${(delayMs / 1000).toFixed(1)} s`;
    this.#stderr.line(this.#paint.err.dim(wait));
  }

  forgotten(sourceId, entries) {
    if (this.#isQuiet) return;
    if (entries.length === 0) this.#stdout.line(`${printable(sourceId)}: the journal has nothing of it`);
    const forgotten = this.#isDryRun ? "would be forgotten" : "is forgotten";
    for (const { statusType, at, owner, ownedBy } of entries) {
      const whose = `${ownerText(ownedBy)}, which is ${owner}`;
      this.#stdout.line(`${printable(sourceId)}: ${statusType} ${sinceText(at)} ${forgotten}; of ${whose}`);
    }
  }

  results(results) {
    if (results.length === 0 && !this.#isQuiet && !this.#hasElsewhere) {
      this.#stdout.line(`nothing is unfinished in ${this.#directory}`);
    }
    // Several records of one source may result in the same line.
    const lines = new Map(results.map((result) => [this.#line(result), result]));
    for (const [line, result] of lines) {
      const isTrouble = remains(result) && !AT_WORK.has(result.reason);
      if (this.#isQuiet && !isTrouble) continue;
      if (remains(result)) this.#warn(line);
      else this.#stdout.line(line);
    }
  }

  #line({ outcome, reason, error, entry }) {
    const { statusType, at } = entry;
    const sourceId = printable(entry.sourceId);
    const what = `${statusType} ${sinceText(at)}`;
    if (outcome === "ended") {
      const idle = this.#isDryRun ? "would be set to IDLE" : `set to ${this.#paint.out.green("IDLE")}`;
      return `${sourceId}: ${idle}; it had ${what}`;
    }
    if (outcome === "forgotten")
      return `${sourceId}: the service does not know it (404), and it is forgotten`;
    const why = outcome === "kept" ? REASONS[reason](entry) : failureText(error, sourceId);
    return `${sourceId}: ${what} ${this.#paint.err.yellow("remains")}: ${why}`;
  }

  unusable(error) {
    this.#warn(`the journal cannot be used: ${error.message}`);
  }

  #warn(line) {
    this.#stderr.line(`push-source-status: ${line}`);
  }
}

function failureText(error, sourceId) {
  if (error.syscall === undefined) return textOf(error);
  return `the journal cannot be written: ${error.message}; push-source-status set IDLE --source ${sourceId} needs none`;
}
