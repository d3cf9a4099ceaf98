/**
 * Creates a source of which nothing is known. The Push API cannot be asked, so this browser knows only what it has set.
 * A source therefore never begins as "idle".
 *
 * - `name`: the user's name for it; empty where it has none
 * - `last`: the last status that was certainly set from here; `isRestored` if that was before the page was loaded
 * - `entry`: its entry in the journal: the active status that was sent last, by whom and when; `null` where it is known
 *   to be idle, or nothing was sent
 * - `doubt`: an IDLE after `last` that may have been applied
 * - `call`: the change that is under way
 * - `failure`: the end of the latest change, if it did not succeed
 * - `history`: the changes that were applied, `{ statusType, at }`, oldest first
 * - `heardAt`: the time at which `last` or `doubt` changed
 */
export function unknownSource({ id, name = "" }) {
  return {
    id,
    name,
    last: null,
    entry: null,
    doubt: null,
    call: null,
    failure: null,
    history: [],
    heardAt: 0,
  };
}

/** The number of changes that a timeline goes back. */
export const HISTORY_LIMIT = 40;

export const ACTIVE = "active";
export const MAY_BE_ACTIVE = "may be active";

/**
 * Returns the state of a source as far as this browser can know: `active`, `may be active`, `idle` or `unknown`. A
 * request without an answer counts from the moment at which it left. An IDLE without an answer ends nothing for
 * certain.
 */
export function activityOf(source) {
  const { last, doubt } = source;
  if (isActive(last)) return doubt === null ? ACTIVE : MAY_BE_ACTIVE;
  if (unanswered(source) !== null) return MAY_BE_ACTIVE;
  return last === null ? "unknown" : "idle";
}

/** Returns the active status that was sent and has no known answer, or `null`. */
export function unanswered({ last, entry }) {
  if (entry === null || last === null || last.at < entry.at) return entry;
  return last.at === entry.at && last.statusType !== entry.statusType ? entry : null;
}

/** Returns whether IDLE might end something there, as far as this browser can know. */
export function isPerhapsActive(source) {
  const activity = activityOf(source);
  return activity === ACTIVE || activity === MAY_BE_ACTIVE;
}

/** Returns whether a source needs attention: it was set active before the page was loaded, or no answer came. */
export function isLeftActive(source) {
  if (source.call !== null || source.entry?.by === "another tab") return false;
  const activity = activityOf(source);
  return activity === MAY_BE_ACTIVE || (activity === ACTIVE && source.last.isRestored);
}

/** Returns the change since which it has been active, or may have been; `null` where it is not. */
export function activeSince(source) {
  return isActive(source.last) ? source.last : unanswered(source);
}

/** Records that a change was requested, alone or in a bulk. Nothing of it has been sent. */
export function changeAsked(source, statusType, { isBulk = false, isActivity = false } = {}) {
  const call = { statusType, isBulk, isActivity, phase: "queued", attempt: 0, earlier: source.doubt };
  return { ...source, call, failure: null };
}

/** Records an event of the change under way. */
export function changeProgressed(source, event) {
  const progress = progressOf[event.type];
  return source.call && progress ? progress(source, event) : source;
}

const progressOf = {
  attempt(source, { attempt, at }) {
    const call = { ...source.call, phase: "sending", attempt, since: at };
    return call.statusType === "IDLE"
      ? { ...source, call, doubt: { statusType: "IDLE", at }, heardAt: at }
      : { ...source, call };
  },
  retry: (source, { at, delayMs, reason }) => {
    const phase = reason === "throttled" ? "throttled" : "retrying";
    return { ...source, call: { ...source.call, phase, reason, until: at + delayMs } };
  },
};

/** Records that the service has applied the change. */
export function changeApplied(source, { statusType, attempts, elapsedMs }, at) {
  return {
    ...source,
    last: { statusType, attempts, elapsedMs, at, isRestored: false },
    doubt: null,
    call: null,
    failure: null,
    history: [...source.history, { statusType, at }].slice(-HISTORY_LIMIT),
    heardAt: at,
  };
}

/** Records that the change has failed, with a `StatusError`. */
export function changeFailed(source, statusType, error, at) {
  const { code, message, httpStatus, retryAfterMs, outcome } = error;
  const waitUntil = retryAfterMs === undefined ? null : at + retryAfterMs;
  return ended(source, {
    statusType,
    code,
    httpStatus,
    message,
    waitUntil,
    at,
    mayBeApplied: outcome === "unknown",
  });
}

/**
 * Records that the user has cancelled the change. The journal has no entry for a change that was certainly not applied.
 */
export function changeCancelled(source, statusType, at) {
  const { call, entry } = source;
  const mayBeApplied = call.attempt > 0 && (statusType === "IDLE" || entry?.statusType === statusType);
  return ended(source, { statusType, code: "cancelled", message: "", waitUntil: null, at, mayBeApplied });
}

/** Records an IDLE whose answer nobody will see. */
export function idleUnheard(source, at) {
  return { ...source, call: null, doubt: { statusType: "IDLE", at }, heardAt: at };
}

function ended(source, failure) {
  const { statusType, at, mayBeApplied } = failure;
  const after = { ...source, call: null, failure };
  if (statusType !== "IDLE") return after;
  return { ...after, doubt: mayBeApplied ? source.doubt : (source.call?.earlier ?? null), heardAt: at };
}

function isActive(change) {
  return change !== null && change.statusType !== "IDLE";
}
