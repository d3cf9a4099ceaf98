import { ownerText, sinceText } from "../entry-text.js";
import { printable } from "../terminal.js";

const MOST_NAMES = 10;

const WAYS = {
  skip: "this one is skipped",
  wait: "this one waits for its end",
  allow: "this one works on it all the same",
};

/** The remedies for another run that is live, and for one whose state is unknown. */
const REMEDIES = {
  live: "--if-running skip, wait or allow does otherwise",
  unknown:
    "whether it is still there cannot be told from here; if it is not, --if-running allow works all the same",
};

/** The text of events that do not concern people, or that another event reports. */
const nothing = () => [];

/**
 * The texts for events of normal progress, which only a terminal shows. A text is one line or several. The first one is
 * printed after the name of the command.
 */
export const NEWS = {
  notice: ({ message }) => message,
  attempt: nothing,
  reply: nothing,
  retry: ({ statusType, sourceId, reason, delayMs }, paint) => {
    const wait = `trying again in ${(delayMs / 1000).toFixed(1)} s`;
    return paint.dim(`${statusType} not set on ${sourceId} yet (${reason}); ${wait}`);
  },
  throttled: nothing,
  done: ({ statusType, sourceId }, paint) => `${paint.green(statusType)} set on ${sourceId}`,
  journal_failed: ({ message }) => `the journal is not kept: ${message}`,
  running: (other) => `${atWork(other)}; ${WAYS[other.ifRunning]}`,
  awaiting_recovery: (other) =>
    `${atWork(other)}; this one waits for its end, ${other.waitMs / 1000} s at most`,
  awaiting_token: ({ waitMs }) =>
    `the token was refused; IDLE waits for another one in its file, ${Math.ceil(waitMs / 1000)} s at most`,
  activity_started: nothing,
  activity_ended: nothing,
  program_started: nothing,
  program_ended: ({ exitCode, signal }) => {
    if (signal) return `the program was ended by ${nameOf(signal)}`;
    return exitCode === 0 ? [] : `the program failed with exit code ${exitCode}`;
  },
};

/** The texts for trouble and other unexpected events, which are always shown. */
export const TROUBLE = {
  warning: ({ message }) => message,
  failed: nothing,
  refused: (other) => `${atWork(other)}; ${REMEDIES[other.owner]}`,
  recovered: (left) => `${leftBehind(left)}: IDLE is set first`,
  recovery_failed: (left) => `${leftBehind(left)}, and is not closed: ${left.message}; this run goes on`,
  not_started: ({ message }, paint) => `the program was not started: ${paint.red(message)}`,
  started_all_the_same: ({ message }, paint) =>
    `the program is started all the same: ${paint.yellow(message)}`,
  program_refused: ({ message }, paint) => paint.red(message),
  lingering: ({ processes, lingerMs }) =>
    `the program has ended; IDLE waits for ${namesOf(processes)}, ${lingerMs / 1000} s at most`,
  left_running: ({ processes }) => `IDLE is set though the program has left ${namesOf(processes)} running`,
  stopping: ({ signal, graceMs, repair }) => {
    if (!repair) return `${nameOf(signal)}: the program is not started`;
    const what =
      graceMs === undefined ? "IDLE is set where it is needed" : `the program has ${graceMs / 1000} s`;
    const killed = "if this is killed before IDLE is set, repair it with";
    return [`${nameOf(signal)}: ${what}; ${killed}`, `  ${repair}`];
  },
  killing: () => "the program is killed: the grace period is over",
  hastening: ({ idleMs }) =>
    `a second INT: the program is killed if it still runs, and IDLE has ${idleMs / 1000} s`,
  // The second line never changes, since people search their logs for it.
  left_active: ({ sourceId, message, repair }, paint) => [
    `${sourceId}: ${paint.red(message)}`,
    `push-source-status: LEFT ACTIVE: ${sourceId}: ${repair}`,
  ],
  events_file_failed: ({ message }) => `the events file cannot be written: ${message}`,
};

/** Describes another run, or a recovery, that works on a source, as far as it is known. */
function atWork({ sourceId, ownedBy, since, purpose }) {
  const what = purpose === "recovery" ? "recover sets IDLE on" : "another run works on";
  const who = ownedBy ? ownerText(ownedBy) : "somebody";
  return `${what} ${sourceId}: ${who}${since === undefined ? "" : `, ${sinceText(since)}`}`;
}

function leftBehind({ sourceId, statusType, ownedBy, since }) {
  return `${sourceId} was left with ${statusType} by a run that could not set IDLE, or was killed, ${ownerText(ownedBy)}, ${sinceText(since)}`;
}

/** Names the first processes. Their names come from outside. */
function namesOf(processes) {
  const names = processes.slice(0, MOST_NAMES).map(({ pid, name }) => `${printable(name)} (${pid})`);
  const more = processes.length - names.length;
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function nameOf(signal) {
  return signal.replace(/^SIG/, "");
}
