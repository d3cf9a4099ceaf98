import { setTimeout as sleep } from "node:timers/promises";
import { paintFor } from "../terminal.js";
import { NEWS, TROUBLE } from "./texts.js";

/**
 * What a run says, all of it to standard error: on a terminal how it goes, elsewhere only what went wrong; or, with
 * `--json`, every event on a line of its own.
 */
export class RunReport {
  #stderr;
  #paint;
  #isJson;
  #isQuiet;
  #mindsJournal;
  #eventsFile;

  /**
   * @param {{ mindsJournal?: boolean, eventsFile?: import("./events-file.js").EventsFile }} options `mindsJournal` where
   *   somebody wants to hear that it is not kept
   */
  constructor(stderr, { env, isJson, isQuiet, mindsJournal, eventsFile }) {
    this.#stderr = stderr;
    this.#paint = paintFor(stderr, env);
    this.#isJson = isJson;
    this.#isQuiet = isQuiet;
    this.#mindsJournal = mindsJournal;
    this.#eventsFile = eventsFile;
  }

  /** Resolves when all that was said has been written, or after that time. */
  flushed(limitMs) {
    return Promise.race([this.#stderr.flushed(), sleep(limitMs, undefined, { ref: false })]);
  }

  /** Tells of something that the run itself has done, or has met. */
  tell(type, details = {}) {
    this.pass({ type, at: Date.now(), ...details });
  }

  /** Passes an event on, of a client's for example. */
  pass(event) {
    this.#append(event);
    if (!this.#isJson) return this.#say(event);
    const isGood = Object.hasOwn(NEWS, event.type) && !event.exitCode;
    if (!this.#isQuiet || !isGood) this.#stderr.line(JSON.stringify(event));
  }

  /** To a file that fails nothing more is written. */
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
    // Once, and not for each source.
    if (type === "journal_failed") this.#mindsJournal = false;
    const text = TROUBLE[type] ?? (isSaid && NEWS[type]);
    const [first, ...more] = text ? [text(event, this.#paint)].flat() : [];
    if (first === undefined) return;
    // The terminal shows `^C`, and stays in that line.
    const isBehindCtrlC = type === "hastening" || (type === "stopping" && signal === "SIGINT");
    if (isBehindCtrlC && this.#stderr.isTerminal) this.#stderr.line();
    this.#stderr.line(`push-source-status: ${first}`);
    for (const line of more) this.#stderr.line(line);
  }
}
