import { recoverUnfinished } from "push-source-status/journal";
import { placeOf } from "../connection.js";
import { UsageError } from "../usage-error.js";
import { Claims, isRecovering } from "./claims.js";
import { failureText } from "./failure-text.js";

/** The exit codes if another run works on the sources. 73 is EX_CANTCREAT of sysexits.h. */
const EXIT_CODES = { refuse: 73, skip: 0 };

/** The time limit of a recovery. It is short, since the IDLE of this run ends the older activity too. */
const RECOVERY_MS = 10_000;

/** The time that somebody else's recovery gets, so that a `recover` at the same instant does not cost this run. */
const OTHERS_RECOVERY_MS = 10_000;

/** The time in which no other run works on a run's sources. Sources left by a killed run are set to IDLE first. */
export class Turn {
  #task;
  #client;
  #journal;
  #claims;
  #report;

  /**
   * @param {{ sourceIds: string[], ifRunning: string, needsJournal: boolean }} task
   * @param {import("push-source-status").StatusClient} client
   * @param {import("push-source-status/journal").FileJournal | undefined} journal without it, other runs are unknown
   * @param {import("./report.js").RunReport} report
   */
  constructor(task, client, journal, report) {
    this.#task = task;
    this.#client = client;
    this.#journal = journal;
    this.#claims = journal && new Claims(journal, placeOf(client), task.sourceIds);
    this.#report = report;
  }

  /**
   * @param {AbortSignal} signal stops the wait for other runs and the recovery
   * @returns {Promise<number | undefined>} the exit code, if the run must not begin
   */
  async begin(signal) {
    if (!this.#journal) return undefined;
    try {
      const exitCode = await this.#claim(signal);
      if (exitCode === undefined) await this.#closeWhatIsLeft(signal);
      return exitCode;
    } catch (error) {
      if (signal.aborted) return undefined;
      if (this.#task.needsJournal) throw new UsageError(`the journal cannot be used: ${error.message}`);
      this.#report.tell("journal_failed", { message: error.message });
      return undefined;
    }
  }

  end() {
    this.#claims?.release();
  }

  async #claim(signal) {
    const { ifRunning } = this.#task;
    const others = await this.#takeAfterRecovery(signal);
    if (others.length === 0) return undefined;
    for (const other of others)
      this.#report.tell(ifRunning === "refuse" ? "refused" : "running", { ...other, ifRunning });
    if (ifRunning === "wait") while ((await this.#claims.takeLater(signal)).length > 0);
    const exitCode = EXIT_CODES[ifRunning];
    if (exitCode !== undefined) this.#claims.release();
    return exitCode;
  }

  /** Claims the sources, after others have recovered them. Returns who works on them nevertheless. */
  async #takeAfterRecovery(signal) {
    const isShared = this.#task.ifRunning === "allow";
    const deadline = performance.now() + OTHERS_RECOVERY_MS;
    let others = await this.#claims.take(isShared);
    for (const other of others.filter(isRecovering))
      this.#report.tell("awaiting_recovery", { ...other, waitMs: OTHERS_RECOVERY_MS });
    while (others.some(isRecovering) && performance.now() < deadline)
      others = await this.#claims.takeLater(signal, isShared);
    return others;
  }

  async #closeWhatIsLeft(signal) {
    for (const { entry, outcome, error } of await this.#recover(signal)) {
      if (outcome === "kept" || signal.aborted) continue;
      const { sourceId, statusType, at: since, ownedBy } = entry;
      const what = { sourceId, statusType, ownedBy, since };
      if (outcome === "ended") this.#report.tell("recovered", what);
      else this.#report.tell("recovery_failed", { ...what, message: failureText(error.message) });
    }
  }

  async #recover(signal) {
    const { sourceIds } = this.#task;
    // Node 20 collects an `AbortSignal.timeout` as garbage that only another signal refers to.
    const overdue = new AbortController();
    const reason = new Error(`not done in ${RECOVERY_MS / 1000} s`);
    const timer = setTimeout(() => overdue.abort(reason), RECOVERY_MS);
    try {
      const limited = AbortSignal.any([signal, overdue.signal]);
      return await recoverUnfinished(this.#client, this.#journal, { sourceIds, signal: limited });
    } finally {
      clearTimeout(timer);
    }
  }
}
