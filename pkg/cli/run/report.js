import { setTimeout as sleep } from "node:timers/promises";

import { textOf } from "../error-text.js";
import { paintFor, printable } from "../terminal.js";

const MOST_NAMES = 10;

/**
 * What a run says, all of it to standard error: on a terminal how it goes, elsewhere only what went wrong; or, with
 * `--json`, every event on a line of its own.
 */
export class RunReport {
  #stderr;
  #paint;
  #isJson;
  #isQuiet;
  #saysNews;

  constructor(stderr, { env, isJson, isQuiet }) {
    this.#stderr = stderr;
    this.#paint = paintFor(stderr, env);
    this.#isJson = isJson;
    this.#isQuiet = isQuiet;
    this.#saysNews = stderr.isTerminal && !isQuiet;
  }

  /** Resolves when all that was said has been written, or after that time. */
  flushed(limitMs) {
    return Promise.race([this.#stderr.flushed(), sleep(limitMs, undefined, { ref: false })]);
  }

  /** Something of the settings that is worth knowing. */
  notice(message) {
    if (!this.#isJson) this.#news(message);
    else if (!this.#isQuiet) this.#event("notice", { message });
  }

  warning(message) {
    if (this.#isJson) this.#event("warning", { message });
    else this.#trouble(message);
  }

  onEvent(event) {
    if (this.#isJson) {
      if (!this.#isQuiet || event.type === "failed") this.#stderr.line(JSON.stringify(event));
      return;
    }
    const { type, statusType, sourceId, reason, delayMs } = event;
    if (type === "done") this.#news(`${this.#paint.green(statusType)} set on ${sourceId}`);
    if (type === "retry") {
      const wait = `trying again in ${(delayMs / 1000).toFixed(1)} s`;
      this.#news(this.#paint.dim(`${statusType} not set on ${sourceId} yet (${reason}); ${wait}`));
    }
  }

  notStarted(error) {
    const message = textOf(error);
    if (this.#isJson) this.#event("not_started", { message });
    else this.#trouble(`the program was not started: ${this.#paint.red(message)}`);
  }

  startedAllTheSame(sourceId, message) {
    if (this.#isJson) this.#event("started_all_the_same", { sourceId, message });
    else this.#trouble(`the program is started all the same: ${this.#paint.yellow(message)}`);
  }

  started(pid) {
    if (this.#isJson && !this.#isQuiet && pid !== undefined) this.#event("program_started", { pid });
  }

  ended({ exitCode, signal, message }) {
    const isGood = exitCode === 0 && !signal && !message;
    if (this.#isJson && this.#isQuiet && isGood) return;
    if (this.#isJson) this.#event("program_ended", { exitCode, signal, message });
    else if (message) this.#trouble(this.#paint.red(message));
    else if (signal) this.#news(`the program was ended by ${nameOf(signal)}`);
    else if (exitCode !== 0) this.#news(`the program failed with exit code ${exitCode}`);
  }

  /** The program has ended, and these of its processes have not. */
  lingering(processes, lingerMs) {
    if (this.#isJson) this.#event("lingering", { processes, lingerMs });
    else
      this.#trouble(
        `the program has ended; IDLE waits for ${namesOf(processes)}, ${lingerMs / 1000} s at most`,
      );
  }

  leftRunning(processes) {
    if (this.#isJson) this.#event("left_running", { processes });
    else this.#trouble(`IDLE is set though the program has left ${namesOf(processes)} running`);
  }

  stopping(signal, { graceMs, repair }) {
    if (this.#isJson) return this.#event("stopping", { signal, graceMs, repair });
    if (signal === "SIGINT") this.#newLineBehindCtrlC();
    const what =
      graceMs === undefined ? "IDLE is set where it is needed" : `the program has ${graceMs / 1000} s`;
    this.#trouble(`${nameOf(signal)}: ${what}; if this is killed before IDLE is set, repair it with`);
    this.#stderr.line(`  ${repair}`);
  }

  killing() {
    if (this.#isJson) this.#event("killing", {});
    else this.#trouble("the program is killed: the grace period is over");
  }

  hastening(idleMs) {
    if (this.#isJson) return this.#event("hastening", { idleMs });
    this.#newLineBehindCtrlC();
    this.#trouble(`a second INT: the program is killed if it still runs, and IDLE has ${idleMs / 1000} s`);
  }

  /** @param {string} reason what the client said of IDLE */
  leftActive(sourceId, reason, repair) {
    const message = `the source was left active: ${reason}; ${repair}`;
    if (this.#isJson) this.#event("left_active", { sourceId, message, repair });
    else this.#trouble(`${sourceId}: ${this.#paint.red(message)}`);
  }

  /** The terminal shows `^C`, and stays in that line. */
  #newLineBehindCtrlC() {
    if (this.#stderr.isTerminal) this.#stderr.line();
  }

  #event(type, details) {
    this.#stderr.line(JSON.stringify({ type, at: Date.now(), ...details }));
  }

  #news(text) {
    if (this.#saysNews) this.#trouble(text);
  }

  #trouble(text) {
    this.#stderr.line(`push-source-status: ${text}`);
  }
}

/** The first ones by name; names come from outside. */
function namesOf(processes) {
  const names = processes.slice(0, MOST_NAMES).map(({ pid, name }) => `${printable(name)} (${pid})`);
  const more = processes.length - names.length;
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function nameOf(signal) {
  return signal.replace(/^SIG/, "");
}
