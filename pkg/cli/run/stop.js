import { repairCommand } from "../connection.js";
import { LAST_CALL_MS } from "./activity.js";
import { hasTerminal } from "./controlling-terminal.js";
import { LISTENED, passedOn, STOPPING } from "./signals.js";

/** What was killed is gone in an instant, unless the system holds it up. */
const KILLED_MS = 1000;

/** What the signals do that come to a run. */
export class Stop {
  #task;
  #activity;
  #report;
  #program;
  #killedAt;
  #interrupts = 0;
  #isStarting = true;
  #interruption = new AbortController();
  /** The signal that came before the program was started. */
  early;
  /** The signal that stops the run. */
  signal;

  /**
   * @param {{ sourceIds: string[], graceMs: number }} task
   * @param {import("./activity.js").Activity} activity
   * @param {import("./report.js").RunReport} report
   */
  constructor(task, activity, report) {
    this.#task = task;
    this.#activity = activity;
    this.#report = report;
  }

  /** Aborted by what comes before the program was started. */
  get interruption() {
    return this.#interruption.signal;
  }

  listen() {
    for (const signal of LISTENED) process.on(signal, (name) => this.#receive(name));
  }

  /** Whom the signals are for, from its start until nothing of it works any more. */
  set program(program) {
    this.#isStarting = false;
    this.#program = program;
  }

  /** Whether what the program has started had its time after a stop signal. */
  get isOver() {
    if (this.#killedAt === undefined) return false;
    return !this.#program.hasOwnGroup || performance.now() > this.#killedAt + KILLED_MS;
  }

  #receive(signal) {
    if (signal === "SIGINT") this.#interrupts += 1;
    if (signal === "SIGINT" && this.#interrupts === 2) return this.#hasten();
    if (this.#isStarting) this.early ??= signal;
    if (signal !== "SIGINT" || !hasTerminal()) this.#program?.send(passedOn(signal));
    if (STOPPING.has(signal) || this.#isStarting) this.#begin(signal);
    if (this.#isStarting) this.#interruption.abort();
  }

  #begin(signal) {
    if (this.signal) return;
    this.signal = signal;
    const { graceMs, sourceIds } = this.#task;
    const { client, isBegun } = this.#activity;
    this.#activity.shorten();
    const program = this.#program;
    const repair = isBegun ? repairCommand(client, sourceIds) : undefined;
    this.#report.tell("stopping", { signal, graceMs: program && graceMs, repair });
    if (!program) return;
    // What was stopped by STOP is to hear of it.
    program.send("SIGCONT");
    setTimeout(() => {
      if (this.#program && this.#kill()) this.#report.tell("killing");
    }, graceMs).unref();
  }

  #kill() {
    this.#killedAt = performance.now();
    return this.#program.kill();
  }

  #hasten() {
    this.#report.tell("hastening", { idleMs: LAST_CALL_MS });
    if (this.#program) this.#kill();
    this.#activity.hasten();
  }
}
