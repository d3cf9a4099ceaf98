/*
 * The procedure around a program in any language: an active status, the program, IDLE.
 *
 * The program
 * - There is no shell in between. Its standard streams and its terminal are this process's own, byte for byte; the
 *   words of this process go to standard error alone, and where that is no terminal there are none if all went well.
 * - It starts when what was said before has been written, or a second later where that stands still.
 * - It is looked up before anything is sent. It sees PUSH_SOURCE_STATUS; PUSH_SOURCE_ID: the id, or the ids of several
 *   sources with a space between them; PUSH_SOURCE_RUN, which is another one in each run; and the settings that are in
 *   force: flags change their variables, unless `--keep-env` is given.
 * - It is its whole process tree. Off a terminal it gets a process group of its own. On one, and with `--foreground`, it
 *   stays in this process's group, where others may be: there its processes are those with the id of this run in their
 *   environment (on Linux; elsewhere the program alone).
 * - What it leaves running when it ends is named and waited for, as long as `--linger` says, and then IDLE follows.
 *   Zombies do not count. What leaves the group is not followed.
 *
 * The exit code
 * - The program's own; 128+n where the signal n ended it.
 * - 127 if it was not found, 126 if it could not be executed.
 * - 125 if it was not started for another reason: usage, or an active status that could not be set.
 * - 75 if it succeeded and IDLE could not be set. Its own failure wins over that.
 * - 128+n if the signal n came while the active status was being set.
 * - 73 if another run works on a source, or what `--if-running` says.
 *
 * The sources
 * - All or none are active when the program starts. If one cannot be set, IDLE is set on those that may be active, and
 *   the program is not started. With `--on-activation-failure continue` it is started all the same where the service
 *   or the network is the reason; where nothing was set for certain, no IDLE follows.
 * - The active status is tried as long as `--activation-timeout` says, and IDLE as long as `--close-timeout` does. Where
 *   the token of a file is refused then, the next one is waited for within that time, unless a signal stops the run.
 * - Nothing skips IDLE. Where it cannot be set, each source is named, with the command that repairs it.
 *
 * The journal
 * - Each source is claimed before anything is sent, so that one run works on it at a time; and what may be active is
 *   written down, with the program that works. Where this process is killed, the next run sees to it: not before the
 *   program has ended too, which nobody then does twice or ends the activity of.
 * - What a killed run has left is set to IDLE first; where that fails, this run goes on.
 * - A journal that was asked for and cannot be kept ends the run before anything is sent; any other one is done without.
 *
 * Signals
 * - TERM, HUP, QUIT, USR1 and USR2 are forwarded to the program and to what it has started. INT is forwarded where
 *   there is no controlling terminal; where there is one, the terminal sends it to all.
 * - After TERM, HUP or INT the program and what it has started have the grace period to end. Then a group of its own is
 *   killed; in a group that others are in, the program alone. From that signal on an attempt to set a status takes 3 s
 *   at most, one under way included; the command that repairs the sources is printed at once, for the case that this
 *   process is killed too.
 * - Every other signal that would end this process, and that Node can handle, stops it as TERM does: the program gets a
 *   TERM, and where that ends it the exit code is 128+n of the signal that came.
 * - A second INT kills at once, and leaves 5 s for IDLE.
 * - Any of these signals while the active status is being set: the program is not started, IDLE follows if the status
 *   may have been applied.
 * - A signal after the program has ended changes nothing but the time that IDLE may take.
 */
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { repairCommand } from "../connection.js";
import { Activity } from "./activity.js";
import { hasTerminal } from "./controlling-terminal.js";
import { failureText } from "./failure-text.js";
import { Program } from "./program.js";
import { passedOn } from "./signals.js";
import { Stop } from "./stop.js";
import { Turn } from "./turn.js";

/** 125 is what `env` and `timeout` exit with for failures of their own, 75 is EX_TEMPFAIL of sysexits.h. */
export const OWN_FAILURE = 125;
const LEFT_ACTIVE = 75;

/** How long the program waits for what is said before it starts: a terminal that stands still does not hold it up. */
const WRITING_MS = 1000;

/** How often to look for what the program has left: soon at first, since most of it ends in an instant, untold. */
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
   * @param {import("./task.js").Task & { runId: string, file: string, env: NodeJS.ProcessEnv, sourceIds: string[] }} task
   * @param {import("../connection.js").Connection} connection
   * @param {import("push-source-status/journal").FileJournal | undefined} journal
   * @param {import("./report.js").RunReport} report
   */
  constructor(task, connection, journal, report) {
    this.#task = task;
    this.#report = report;
    this.#journal = journal;
    this.#activity = new Activity(task, connection, journal, report);
    this.#turn = new Turn(task, journal, report);
    this.#stop = new Stop(task, this.#activity, report);
  }

  /** @returns {Promise<number>} the exit code */
  async execute() {
    this.#stop.listen();
    try {
      const { interruption } = this.#stop;
      return (await this.#turn.begin(this.#activity.client, interruption)) ?? (await this.#procedure());
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
    const message = `the source was left active: ${failureText(reason, retryAfterMs)}`;
    this.#report.tell("left_active", { sourceId, message, repair });
  }

  /** @returns {Promise<number | undefined>} the exit code of the program, if it was started */
  async #work(unannounced) {
    for (const { id: sourceId, message } of unannounced)
      this.#report.tell("started_all_the_same", { sourceId, message: failureText(message) });
    // So that it stands before what the program says; a signal may come meanwhile.
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

  /** Should this process be killed, its program counts in its place. */
  #follow({ pid }) {
    if (pid === undefined) return;
    try {
      this.#journal?.follow(pid);
    } catch (error) {
      this.#report.tell("journal_failed", { message: error.message });
    }
  }

  /** A program that was ended by the TERM that another signal was turned into was ended by that one. */
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

  /** Waits until nothing that the program has started works any more, or its time is over. */
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
