import { textOf } from "../error-text.js";
import { paintFor, printable } from "../terminal.js";
import { ProgressLine } from "./progress-line.js";

/** The report of `set` for people. Results go to standard output, and failures and progress to standard error. */
export class TextReport {
  #stdout;
  #stderr;
  #paint;
  #progress;
  #sources;
  #statusType;
  #consoleName;
  #isQuiet;
  #beganAt;
  #isJournalFailed = false;
  #set = new Set();
  #failed = new Set();

  constructor(stdout, stderr, env) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.#paint = { out: paintFor(stdout, env), err: paintFor(stderr, env) };
  }

  begin({ sources, statusType, consoleName, isQuiet }) {
    this.#sources = new Map(sources.map((source) => [source.id, source]));
    this.#statusType = statusType;
    this.#consoleName = consoleName;
    this.#isQuiet = isQuiet;
    this.#beganAt = performance.now();
    const isShown = !isQuiet && sources.length > 1 && this.#stderr.isTerminal;
    this.#progress = isShown ? new ProgressLine(this.#stderr, `Setting ${statusType}`) : undefined;
    this.#progress?.show({ done: 0, failed: 0, total: sources.length });
  }

  onEvent({ type, delayMs, reason, message }) {
    if (type === "journal_failed") this.#journalFailed(message);
    if (type === "retry" && this.#sources.size === 1 && this.#stderr.isTerminal && !this.#isQuiet) {
      const wait = `${this.#statusType} not set yet (${reason}); trying again in ${seconds(delayMs)}`;
      this.#stderr.line(this.#paint.err.dim(wait));
    }
  }

  /** Reports a failure of the journal only once, since it is the same for every source. */
  #journalFailed(message) {
    if (this.#isJournalFailed) return;
    this.#isJournalFailed = true;
    this.#progress?.erase();
    this.#stderr.line(`push-source-status: the journal cannot be used: ${message}`);
  }

  progress({ result, done, failed, total }) {
    if (result.ok) this.#set.add(result.sourceId);
    else this.#fail(result);
    if (result.ok && total === 1) this.#tell(result);
    this.#progress?.show({ done, failed, total });
  }

  end() {
    this.#progress?.erase();
    if (!this.#isQuiet && this.#sources.size > 1) this.#summarize();
  }

  /** @param {import("./open-changes.js").OpenChanges} openChanges */
  interrupted(signal, openChanges) {
    this.#progress?.erase();
    const total = this.#sources.size;
    const unsettled = [...this.#sources.keys()].filter((id) => !this.#set.has(id) && !this.#failed.has(id));
    const open = new Set(unsettled.filter((id) => openChanges.has(id)));
    // The terminal shows `^C` on the current line.
    if (this.#stderr.isTerminal) this.#stderr.line();
    this.#stderr.line(`push-source-status: stopped by ${signal.replace(/^SIG/, "")}`);
    this.#stdout.line(`${this.#statusType} was set on ${this.#set.size} of ${total} sources`);
    this.#list(this.#set);
    if (open.size > 0) {
      this.#stdout.line(`may have been set on ${open.size}: a request was tried, and no answer says so`);
      this.#list(open);
    }
    if (this.#failed.size > 0) this.#stdout.line(`failed on ${this.#failed.size}, as told above`);
    if (unsettled.length > open.size) this.#stdout.line(`not set on ${unsettled.length - open.size}`);
  }

  /** Reports a failure at once, since a change of hundreds of sources may take long. */
  #fail({ sourceId, error }) {
    this.#failed.add(sourceId);
    const { name } = this.#sources.get(sourceId);
    this.#progress?.erase();
    const subject = name ? ` ${printable(name)}:` : "";
    this.#stderr.line(`push-source-status:${subject} ${this.#paint.err.red(textOf(error))}`);
  }

  #tell({ sourceId, update: { httpStatus, attempts, elapsedMs } }) {
    if (this.#isQuiet) return;
    const detail = `(${httpStatus}, ${plural(attempts, "attempt")}, ${seconds(elapsedMs)})`;
    this.#stdout.line(
      `${this.#paint.out.green(this.#statusType)} set on ${this.#named(sourceId)}; ` +
        `the console shows "${this.#consoleName}" ${this.#paint.out.dim(detail)}`,
    );
  }

  #summarize() {
    const [set, total] = [this.#set.size, this.#sources.size];
    const paint = set === total ? this.#paint.out.green : this.#paint.out.yellow;
    const detail = `(${seconds(performance.now() - this.#beganAt)})`;
    this.#stdout.line(
      `${paint(this.#statusType)} set on ${set} of ${total} sources; ` +
        `the console shows "${this.#consoleName}" ${this.#paint.out.dim(detail)}`,
    );
    if (this.#failed.size === 0) return;
    this.#stdout.line(`failed on ${this.#failed.size}:`);
    this.#list(this.#failed);
  }

  /** Lists sources in the order in which they were given. */
  #list(ids) {
    for (const id of this.#sources.keys()) if (ids.has(id)) this.#stdout.line(`  ${this.#named(id)}`);
  }

  #named(id) {
    const { name } = this.#sources.get(id);
    return name ? `${id} ${this.#paint.out.dim(printable(name))}` : id;
  }
}

function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function seconds(milliseconds) {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
