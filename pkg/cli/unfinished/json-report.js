/** The report of `unfinished` for programs, with one entry per line and a summary. */
export class JsonReport {
  #stdout;
  #isQuiet;

  constructor(stdout, { quiet = false }) {
    this.#stdout = stdout;
    this.#isQuiet = quiet;
  }

  entries(entries, { directory }) {
    const count = { gone: 0, live: 0, unknown: 0, unreadable: 0 };
    for (const entry of entries) {
      const kind = entry.unreadable === undefined ? entry.owner : "unreadable";
      count[kind] += 1;
      if (!this.#isQuiet || kind !== "live")
        this.#line({ type: kind === "unreadable" ? "unreadable" : "entry", ...entry });
    }
    this.#line({ type: "summary", directory, ...count });
  }

  unusable(what, { code, message }) {
    this.#line({ type: "journal_failed", what, code, message });
  }

  #line(event) {
    this.#stdout.line(JSON.stringify(event));
  }
}
