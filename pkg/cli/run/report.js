import { setTimeout as sleep } from "node:timers/promises";
import { paintFor } from "../terminal.js";
import { NEWS, TROUBLE } from "./texts.js";

/**
 * The report of a run, on standard error. On a terminal it includes the progress, and elsewhere only trouble. With
 * `--json`, every event is a separate line.
 */
export class RunReport {
  #stderr;
  #paint;
  #isJson;
  #isQuiet;
  #mindsJournal;
  #eventsFile;

  /**
   * @param {{ mindsJournal?: boolean, eventsFile?: import("./events-file.js").EventsFile }} options `mindsJournal`:
   *   whether a failure of the journal is reported even without a terminal
   */
  constructor(stderr, { env, isJson, isQuiet, mindsJournal, eventsFile }) {
    this.#stderr = stderr;
    this.#paint = paintFor(stderr, env);
    this.#isJson = isJson;
    this.#isQuiet = isQuiet;
    this.#mindsJournal = mindsJournal;
    this.#eventsFile = eventsFile;
  }

  /** Resolves when all output has been written, or when the time is over. */
  flushed(limitMs) {
    return Promise.race([this.#stderr.flushed(), sleep(limitMs, undefined, { ref: false })]);
  }

  /** Reports an event of the run itself. */
  tell(type, details = {}) {
    this.pass({ type, at: Date.now(), ...details });
  }

  /** Reports any event, for example one of a client. */
  pass(event) {
    this.#append(event);
    if (!this.#isJson) return this.#say(event);
    const isGood = Object.hasOwn(NEWS, event.type) && !event.exitCode;
    if (!this.#isQuiet || !isGood) this.#stderr.line(JSON.stringify(event));
  }

  /** Appends an event to the events file. After a failure, nothing more is written to it. */
  #append(event) {
    try {
      this.#eventsFile?.append(event);
    } catch (error) {
      this.#eventsFile = undefined;
      this.tell("events_file_failed", { message: error.message });
    }
  }

  #say(event) {
    const { type, signal } = event;
    const isNewsSaid = this.#stderr.isTerminal && !this.#isQuiet;
    const isSaid = isNewsSaid || (type === "journal_failed" && this.#mindsJournal);
    // Reported once, and not for each source.
    if (type === "journal_failed") this.#mindsJournal = false;
    const text = TROUBLE[type] ?? (isSaid && NEWS[type]);
    const [first, ...more] = text ? [text(event, this.#paint)].flat() : [];
    if (first === undefined) return;
    // The terminal shows `^C` on the current line.
    const isBehindCtrlC = type === "hastening" || (type === "stopping" && signal === "SIGINT");
    if (isBehindCtrlC && this.#stderr.isTerminal) this.#stderr.line();
    this.#stderr.line(`push-source-status: ${first}`);
    for (const line of more) this.#stderr.line(line);
  }
}
