import { constants } from "node:os";
import { close, reply, reset } from "../faults/steps.js";

const STOPPING = ["SIGTERM", "SIGHUP", "SIGINT"];

/** The possible fates of an attempt, each with whether the status may have been set. */
const FAULTS = [
  { step: reply({ status: 500 }), mayBeApplied: true },
  { step: reply({ status: 503, headers: { "retry-after": "0" } }), mayBeApplied: false },
  { step: reply({ status: 429, headers: { "retry-after": "0" } }), mayBeApplied: false },
  { step: reset(), mayBeApplied: true },
  { step: close(), mayBeApplied: true },
];
const DONE = { step: reply(), mayBeApplied: true, isDone: true };
const REFUSED = { step: reply({ status: 403 }), mayBeApplied: false };

/** A random run: its program, the signals that it gets, and the answers to its requests. */
export class Scenario {
  constructor(id, chance) {
    this.id = id;
    this.program = programBy(chance);
    this.signals = this.program.hangs || chance.oneIn(8) ? signalsBy(chance) : [];
    this.delayMs = chance.next() * 300;
    this.isSignalledWhenReady = chance.oneIn(2);
    this.answers = { REBUILD: answersBy(chance, 12), IDLE: answersBy(chance, 8) };
    /** The answer to each request, in order. */
    this.met = [];
  }

  /** Returns the step that answers a request. */
  answer({ statusType }) {
    const [first, ...rest] = this.answers[statusType];
    if (rest.length > 0) this.answers[statusType] = rest;
    this.met.push({ statusType, ...first });
    return first.step;
  }

  /** Describes everything that is not as it should be. */
  problems({ code, signal, stdout, stderr }) {
    const problems = [];
    const mayBeActive = this.met.some(
      ({ statusType, mayBeApplied }) => statusType === "REBUILD" && mayBeApplied,
    );
    const last = this.met.at(-1);
    const isIdle = last?.statusType === "IDLE" && last.isDone;
    const isNamed = stderr.includes(`push-source-status: ${this.id}: the source was left active`);
    if (mayBeActive && !isIdle && !isNamed) problems.push("it was left active, and nobody was told");
    if (isIdle && isNamed) problems.push("it is idle, and is said to be active");
    const isStarted = stdout.includes("ready");
    // As far as the client knows, a request that was cancelled on its way to the service may have been applied.
    const isTakenBack = this.signals.length > 0 && !isStarted;
    if (!mayBeActive && !isTakenBack && last?.statusType === "IDLE") {
      problems.push("IDLE for a source that never was active");
    }
    const codes = this.#codes(isStarted, mayBeActive && !isIdle);
    // A signal that comes before the run handles signals ends the process, which has sent nothing by then.
    const isTooEarly = this.signals.includes(signal) && this.met.length === 0;
    if (!isTooEarly && !codes.includes(code))
      problems.push(`exit code ${code ?? signal}, not ${codes.join(" or ")}`);
    return problems;
  }

  #codes(isStarted, isLeftActive) {
    const ended = this.signals.map((name) => 128 + constants.signals[name]);
    const isRefused = this.met.some(
      ({ statusType, step }) => statusType === "REBUILD" && step === REFUSED.step,
    );
    if (!isStarted) return isRefused ? [...ended, 125] : ended;
    const own = this.program.code;
    const possible = [...ended, ...(own === undefined ? [] : [own]), ...(ended.length > 0 ? [137] : [])];
    return possible.map((one) => (one === 0 && isLeftActive ? 75 : one));
  }
}

/** Returns a shell script that prints "ready". `code` is its exit code if it is left alone. */
function programBy(chance) {
  const work = `sleep 0.0${Math.floor(chance.next() * 10)}`;
  const kind = chance.pick(["exits", "exits", "crashes", "hangs", "ignores"]);
  if (kind === "exits") {
    const code = chance.pick([0, 0, 0, 1, 3]);
    return { script: `echo ready; ${work}; exit ${code}`, code };
  }
  if (kind === "crashes") {
    const name = chance.pick(["SEGV", "ABRT", "KILL", "TERM"]);
    return { script: `echo ready; ${work}; kill -${name} $$`, code: 128 + constants.signals[`SIG${name}`] };
  }
  const prelude = kind === "ignores" ? "trap '' TERM INT HUP; " : "";
  return { script: `${prelude}echo ready; exec sleep 20`, hangs: true };
}

function signalsBy(chance) {
  return chance.oneIn(4) ? ["SIGINT", "SIGINT"] : [chance.pick(STOPPING)];
}

/** Returns at most two faults, so that no run takes long, and the answer to all later requests. */
function answersBy(chance, refusals) {
  const faults = chance.oneIn(3) ? [chance.pick(FAULTS)] : [];
  if (faults.length > 0 && chance.oneIn(3)) faults.push(chance.pick(FAULTS));
  return [...faults, chance.oneIn(refusals) ? REFUSED : DONE];
}
