/*
 * Runs a program in any language between an active status and IDLE.
 *
 * The program
 * - It is started without a shell. It shares the standard streams and the terminal of this process, byte for byte. This
 *   process writes to standard error only. If that is no terminal, it writes nothing unless something goes wrong.
 * - It starts when all earlier output has been written, or after one second if the output is blocked.
 * - It is looked up before anything is sent. Its environment has PUSH_SOURCE_STATUS; PUSH_SOURCE_ID, with the id of the
 *   source, or several ids with spaces between them; PUSH_SOURCE_RUN, which differs in each run; and the settings in
 *   force. Flags change their variables, unless `--keep-env` is given.
 * - It includes its whole process tree. Without a terminal it gets its own process group. With one, or with
 *   `--foreground`, it stays in this process's group, which others may share. Its processes are then those with the id
 *   of this run in their environment (on Linux; elsewhere only the program itself).
 * - Processes that still run when the program ends are named and waited for during `--linger`. Then IDLE follows.
 *   Zombies do not count. Processes that leave the group are not followed.
 *
 * The exit code
 * - The program's own, or 128+n if signal n ended the program.
 * - 127 if the program was not found, 126 if it could not be executed.
 * - 125 if it was not started for another reason, such as wrong usage, or an active status that could not be set.
 * - 75 if it succeeded and IDLE could not be set. If the program failed, its own exit code takes precedence.
 * - 128+n if signal n came while the active status was being set.
 * - 73 if another run works on a source, unless `--if-running` asks for something else. A recovery of the source is
 *   waited for, for 10 s.
 *
 * The sources
 * - All of them are active when the program starts, or none. If one cannot be set, those that may be active are set to
 *   IDLE, and the program is not started. With `--on-activation-failure continue` it is started nevertheless if the
 *   service or the network is the reason. If certainly no active status was set, no IDLE follows.
 * - The active status is tried for `--activation-timeout`, and IDLE for `--close-timeout`. If the service
 *   refuses the token from a file for IDLE, the run waits within that time for a new one, unless a signal stops it.
 * - IDLE is never skipped. If it cannot be set, each source is named, with the command that sets it to IDLE.
 *
 * The journal
 * - Each source is claimed before anything is sent, so that only one run at a time works on it. Sources that may be
 *   active are recorded, together with the running program. If this process is killed, the next run sets them to IDLE,
 *   but not before the program has ended too. Until then nobody starts it twice or ends its activity.
 * - Sources left active by a killed run are set to IDLE first. If that fails, this run goes on.
 * - If the user chose a journal that cannot be used, the run ends before anything is sent. Without such a choice, the
 *   run goes on without a journal.
 *
 * Signals
 * - TERM, HUP, QUIT, USR1 and USR2 are forwarded to the program and to the processes that it has started. INT is
 *   forwarded only without a controlling terminal, which otherwise sends it to all of them itself.
 * - After TERM, HUP or INT, these processes have the grace period to end. Then the program's own group is killed, or
 *   only the program if others share its group. From that signal on, each attempt to set a status takes at most 3 s,
 *   including one under way. The command that sets the sources to IDLE is printed at once, in case this process is
 *   killed too.
 * - Every other signal that would end this process and that Node can handle has the effect of TERM. The program gets a
 *   TERM. If that ends it, the exit code is 128+n for the signal that came.
 * - A second INT kills the program at once, and leaves 5 s for IDLE.
 * - If any of these signals comes while the active status is being set, the program is not started. IDLE follows if the
 *   status may have been applied.
 * - A signal after the program has ended affects only the time that IDLE may take.
 */
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { repairCommand } from "../connection.js";
import { Activity } from "./activity.js";
import { hasTerminal } from "./controlling-terminal.js";
import { failureText, idleFailureText } from "./failure-text.js";
import { Program } from "./program.js";
import { passedOn } from "./signals.js";
import { Stop } from "./stop.js";
import { Turn } from "./turn.js";

/** The exit codes 125, which `env` and `timeout` use for their own failures, and 75, EX_TEMPFAIL of sysexits.h. */
export const OWN_FAILURE = 125;
const LEFT_ACTIVE = 75;

/** The longest time that the program waits for earlier output, so that a stopped terminal does not block it. */
const WRITING_MS = 1000;

/** The delays between checks for remaining processes. The first checks are silent, since most processes end soon. */
const FIRST_LOOK_MS = 10;
const LOOK_MS = 200;
const SILENT_LOOKS = 5;

export class Run {
  #task;
  #report;
  #journal;
  #activity;
  #turn;
  #stop;

  /**
   * @param {import("./task.js").Task & { runId: string, file: string, env: NodeJS.ProcessEnv, sourceIds: string[] }}
   *   task
   * @param {import("../connection.js").Connection} connection
   * @param {import("push-source-status/journal").FileJournal | undefined} journal
   * @param {import("./report.js").RunReport} report
   */
  constructor(task, connection, journal, report) {
    this.#task = task;
    this.#report = report;
    this.#journal = journal;
    this.#activity = new Activity(task, connection, journal, report);
    this.#turn = new Turn(task, this.#activity.client, journal, report);
    this.#stop = new Stop(task, this.#activity, report);
  }

  /** @returns {Promise<number>} the exit code */
  async execute() {
    this.#stop.listen();
    try {
      return (await this.#turn.begin(this.#stop.interruption)) ?? (await this.#procedure());
    } finally {
      this.#turn.end();
    }
  }

  async #procedure() {
    const work = (unannounced) => this.#work(unannounced);
    const around = await this.#activity.around(work, this.#stop.interruption);
    const { value: exitCode, failure, leftActive } = around;
    const { early } = this.#stop;
    if (exitCode === undefined && !early)
      this.#report.tell("not_started", { message: failureText(failure.message, failure.retryAfterMs) });
    for (const one of leftActive) this.#tellLeftActive(one);
    if (exitCode === undefined) return early ? 128 + constants.signals[early] : OWN_FAILURE;
    return exitCode === 0 && leftActive.length > 0 ? LEFT_ACTIVE : exitCode;
  }

  #tellLeftActive({ id: sourceId, message: reason, retryAfterMs }) {
    const repair = repairCommand(this.#activity.client, [sourceId]);
    const text = idleFailureText(reason, retryAfterMs, this.#activity.isHastened);
    const message = `the source was left active: ${text}`;
    this.#report.tell("left_active", { sourceId, message, repair });
  }

  /** @returns {Promise<number | undefined>} the exit code of the program, if it was started */
  async #work(unannounced) {
    for (const { id: sourceId, message } of unannounced)
      this.#report.tell("started_all_the_same", { sourceId, message: failureText(message) });
    // The report comes before the program's output. A signal may come meanwhile.
    await this.#report.flushed(WRITING_MS);
    if (this.#stop.early) return undefined;
    const { runId, file, commandLine, env, isForeground } = this.#task;
    const hasOwnGroup = !isForeground && !hasTerminal();
    const program = new Program(file, commandLine, { env, hasOwnGroup, runId });
    this.#stop.program = program;
    this.#follow(program);
    const exitCode = await this.#exitCodeOf(program);
    await this.#outlast(program);
    this.#stop.program = undefined;
    return exitCode;
  }

  /** Records the program in the journal. If this process is killed, the program counts as the owner. */
  #follow({ pid }) {
    if (pid === undefined) return;
    try {
      this.#journal?.follow(pid);
    } catch (error) {
      this.#report.tell("journal_failed", { message: error.message });
    }
  }

  /** Returns the exit code of the program. If TERM stood in for a signal and ended it, the code names that signal. */
  async #exitCodeOf(program) {
    const { pid } = program;
    if (pid !== undefined) this.#report.tell("program_started", { pid });
    const { exitCode, signal, refusal } = await program.ended;
    if (refusal) this.#report.tell("program_refused", { message: refusal });
    this.#report.tell("program_ended", { exitCode, signal });
    const { signal: stopSignal } = this.#stop;
    const isPassedOn = stopSignal && signal === passedOn(stopSignal);
    return isPassedOn ? 128 + constants.signals[stopSignal] : exitCode;
  }

  /** Waits until no process of the program is left, or until their time is over. */
  async #outlast(program) {
    const { graceMs, lingerMs } = this.#task;
    const endedAt = performance.now();
    for (let looks = 0; ; looks += 1) {
      const { rest } = program;
      if (rest.length === 0) return;
      const isOver = this.#stop.signal ? this.#stop.isOver : performance.now() >= endedAt + lingerMs;
      if (isOver) return this.#report.tell("left_running", { processes: rest });
      if (looks === SILENT_LOOKS) {
        const waitMs = this.#stop.signal ? graceMs : lingerMs;
        this.#report.tell("lingering", { processes: rest, lingerMs: waitMs });
      }
      await sleep(Math.min(LOOK_MS, FIRST_LOOK_MS * 2 ** looks));
    }
  }
}
