/**
 * What this browser knows of one source. Of a source that it has set nothing on it knows nothing, since the Push API
 * cannot be asked; "idle" is therefore never where this begins.
 *
 * - `name`: what the user calls it; empty where it has no name
 * - `last`: the status that was set last from here, for certain; `isRestored` if that was before the page was loaded
 * - `entry`: what the journal says: the active status that was sent last, by whom and when; `null` where it is known to be idle,
 *   or nothing was sent
 * - `doubt`: an IDLE after `last` that may or may not have been applied
 * - `call`: the change that is under way
 * - `failure`: how the latest change ended, if it did not succeed
 * - `history`: the changes that were applied, `{ statusType, at }`, oldest first
 * - `heardAt`: when `last` or `doubt` changed
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

/** How many changes a timeline goes back. */
export const HISTORY_LIMIT = 40;

export const ACTIVE = "active";
export const MAY_BE_ACTIVE = "may be active";

/**
 * What a source is, as far as this browser can tell: `active`, `may be active`, `idle` or `unknown`. A request that left
 * and was not answered counts from the moment in which it left. An IDLE without an answer ends nothing for certain.
 */
export function activityOf(source) {
  const { last, doubt } = source;
  if (isActive(last)) return doubt === null ? ACTIVE : MAY_BE_ACTIVE;
  if (unanswered(source) !== null) return MAY_BE_ACTIVE;
  return last === null ? "unknown" : "idle";
}

/** The active status that was sent, and that no answer is known of; `null` where there is none. */
export function unanswered({ last, entry }) {
  if (entry === null || last === null || last.at < entry.at) return entry;
  return last.at === entry.at && last.statusType !== entry.statusType ? entry : null;
}

/** Whether IDLE would have something to end there, as far as this browser can tell. */
export function isPerhapsActive(source) {
  const activity = activityOf(source);
  return activity === ACTIVE || activity === MAY_BE_ACTIVE;
}

/** Whether somebody has to look after it: it was set active before the page was loaded, or nobody answered. */
export function isLeftActive(source) {
  if (source.call !== null || source.entry?.by === "another tab") return false;
  const activity = activityOf(source);
  return activity === MAY_BE_ACTIVE || (activity === ACTIVE && source.last.isRestored);
}

/** Since when it has been active, or may have been; `null` where it is not. */
export function activeSince(source) {
  return isActive(source.last) ? source.last : unanswered(source);
}

/** A change was asked for, alone or as one of many; nothing of it has been sent. */
export function changeAsked(source, statusType, { isBulk = false, isActivity = false } = {}) {
  const call = { statusType, isBulk, isActivity, phase: "queued", attempt: 0, earlier: source.doubt };
  return { ...source, call, failure: null };
}

/** Something happened to the change under way. */
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

/** The service applied the change. */
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

/** The change failed, with a `StatusError`. */
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

/** The user took the change back. What was certainly not applied is in the journal no more. */
export function changeCancelled(source, statusType, at) {
  const { call, entry } = source;
  const mayBeApplied = call.attempt > 0 && (statusType === "IDLE" || entry?.statusType === statusType);
  return ended(source, { statusType, code: "cancelled", message: "", waitUntil: null, at, mayBeApplied });
}

/** An IDLE left with nobody to hear of its answer. */
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
