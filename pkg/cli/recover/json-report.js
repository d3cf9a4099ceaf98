import { remains } from "./recovery.js";

/** The report of `recover` for programs, with one event per line. */
export class JsonReport {
  #stdout;
  #isQuiet;
  #isDryRun;

  constructor(stdout, { quiet = false, "dry-run": isDryRun = false }) {
    this.#stdout = stdout;
    this.#isQuiet = quiet;
    this.#isDryRun = isDryRun;
  }

  begin({ unreadable, elsewhere, isMissed }) {
    for (const entry of unreadable) this.#line({ type: "unreadable", ...entry });
    if (this.#isQuiet && !isMissed) return;
    for (const entry of elsewhere) this.#line({ type: "elsewhere", ...entry });
  }

  onEvent(event) {
    this.#detail(event);
  }

  forgotten(sourceId, entries) {
    this.#detail({ type: "forgotten", sourceId, entries, dryRun: this.#isDryRun });
  }

  results(results) {
    const count = { ended: 0, forgotten: 0, kept: 0, failed: 0 };
    for (const result of results) {
      count[result.outcome] += 1;
      if (!this.#isQuiet || remains(result)) this.#line({ type: "result", ...plain(result) });
    }
    const remaining = results.filter(remains).length;
    if (this.#isQuiet && remaining === 0) return;
    this.#line({ type: "summary", ...count, remaining, dryRun: this.#isDryRun });
  }

  unusable({ code, message }) {
    this.#line({ type: "journal_failed", code, message });
  }

  #detail(event) {
    if (!this.#isQuiet) this.#line(event);
  }

  #line(event) {
    this.#stdout.line(JSON.stringify(event));
  }
}

/** Returns a result as plain data. JSON would show no fields of errors from outside this package. */
function plain({ entry, error, ...result }) {
  if (error === undefined || error.toJSON) return { ...entry, ...result, error };
  const { name, code, message } = error;
  return { ...entry, ...result, error: { name, code, message } };
}
