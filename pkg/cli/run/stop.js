import { repairCommand } from "../connection.js";
import { LAST_CALL_MS } from "./activity.js";
import { hasTerminal } from "./controlling-terminal.js";
import { LISTENED, passedOn, STOPPING } from "./signals.js";

/** The time to wait for killed processes. They disappear at once, unless the system delays that. */
const KILLED_MS = 1000;

/** The effects of signals on a run. */
export class Stop {
  #task;
  #activity;
  #report;
  #program;
  #killedAt;
  #interrupts = 0;
  #isStarting = true;
  #interruption = new AbortController();
  /** The first signal that came before the program was started. */
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

  /** An abort signal for process signals that come before the program is started. */
  get interruption() {
    return this.#interruption.signal;
  }

  listen() {
    for (const signal of LISTENED) process.on(signal, (name) => this.#receive(name));
  }

  /** Sets the program that receives signals, from its start until its last process has ended. */
  set program(program) {
    this.#isStarting = false;
    this.#program = program;
  }

  /** True once the processes of a stopped program were killed, and need no more waiting. */
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
    // Processes that were suspended by STOP have to receive the signal too.
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
