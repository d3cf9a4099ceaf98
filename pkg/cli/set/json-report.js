/** The report of `set` for programs, with one event per line. */
export class JsonReport {
  #stdout;
  #isQuiet = false;
  #total = 0;
  #done = 0;
  #failed = 0;

  constructor(stdout) {
    this.#stdout = stdout;
  }

  begin({ sources, isQuiet }) {
    this.#total = sources.length;
    this.#isQuiet = isQuiet;
  }

  onEvent(event) {
    if (!this.#isQuiet) this.#line(event);
  }

  progress({ result, done, failed }) {
    this.#done = done;
    this.#failed = failed;
    if (!this.#isQuiet || !result.ok) this.#line({ type: "result", ...result });
  }

  end() {
    this.#summarize();
  }

  interrupted(signal) {
    this.#summarize({ signal });
  }

  #summarize(more) {
    if (this.#isQuiet && this.#failed === 0 && !more) return;
    const [total, failed] = [this.#total, this.#failed];
    this.#line({
      type: "summary",
      total,
      set: this.#done - failed,
      failed,
      unset: total - this.#done,
      ...more,
    });
  }

  #line(event) {
    this.#stdout.line(JSON.stringify(event));
  }
}
