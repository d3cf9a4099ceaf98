/** The progress of a long run, and its use of memory and sockets. */
export class Meter {
  #total;
  #startedAt = performance.now();
  #firstTenth;
  #last = 0;
  #mostSockets = 0;

  constructor(total) {
    this.#total = total;
  }

  show(done, { failed, retried }) {
    this.#last = process.memoryUsage().rss;
    if (done >= this.#total / 10) this.#firstTenth ??= this.#last;
    const sockets = process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;
    // Both ends of each connection are in this process.
    this.#mostSockets = Math.max(this.#mostSockets, sockets / 2);
    const share = done / this.#total;
    const bar = "█".repeat(Math.round(share * 30)).padEnd(30, "░");
    const rate = Math.round((done / (performance.now() - this.#startedAt)) * 1000);
    const line = `${bar} ${Math.floor(share * 100)} %  ${rate}/s  ${failed} failed  ${retried} repeats  ${megabytes(this.#last)} MB`;
    if (process.stdout.isTTY) process.stdout.write(`\r${line}${done === this.#total ? "\n" : ""}`);
    else if (Math.floor(share * 10) > Math.floor(((done - 1000) / this.#total) * 10)) console.log(line);
  }

  end() {
    return { growthMb: (this.#last - this.#firstTenth) / 2 ** 20, mostSockets: this.#mostSockets };
  }
}

function megabytes(bytes) {
  return Math.round(bytes / 2 ** 20);
}
