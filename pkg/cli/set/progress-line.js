const BAR_WIDTH = 24;

/** Moves the cursor to the beginning of the line, and clears it. */
const ERASE = "\r\x1b[K";

/** A line of the terminal that shows the progress of a change of many statuses. */
export class ProgressLine {
  #output;
  #title;
  #isShown = false;

  constructor(output, title) {
    this.#output = output;
    this.#title = title;
  }

  show({ done, failed, total }) {
    const full = Math.floor((done / total) * BAR_WIDTH);
    const bar = "#".repeat(full) + "-".repeat(BAR_WIDTH - full);
    const failures = failed > 0 ? `, ${failed} failed` : "";
    this.#output.write(`${ERASE}${this.#title} [${bar}] ${done} of ${total}${failures}`);
    this.#isShown = true;
  }

  erase() {
    if (this.#isShown) this.#output.write(ERASE);
    this.#isShown = false;
  }
}
