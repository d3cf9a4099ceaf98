/**
 * What this browser knows of one source. Of a source that it has set nothing on it knows nothing, since the Push API
 * cannot be asked; "idle" is therefore never where this begins.
 *
 * - `name`: what the user calls it; empty where it has no name
 * - `last`: the status that was set last from here, for certain; `isRestored` if that was before the page was loaded
 * - `doubt`: a later change that may or may not have been applied
 * - `call`: the change that is under way
 * - `open`: the request of that change that has left, and was not answered yet
 * - `elsewhere`: a request of another tab, or of an earlier visit, that nobody has told the answer of
 * - `failure`: how the latest change ended, if it did not succeed
 * - `history`: the changes that were applied, `{ statusType, at }`, oldest first
 */
export function unknownSource({ id, name = "" }) {
  return {
    id,
    name,
    last: null,
    doubt: null,
    call: null,
    open: null,
    elsewhere: null,
    failure: null,
    history: [],
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
export function activityOf({ last, doubt, open, elsewhere }) {
  const isActive = last !== null && last.statusType !== "IDLE";
  const unanswered = [doubt, open, elsewhere].filter((change) => change !== null);
  const isContradicted = unanswered.some(({ statusType }) => (statusType === "IDLE") === isActive);
  if (isActive) return isContradicted ? MAY_BE_ACTIVE : ACTIVE;
  if (isContradicted) return MAY_BE_ACTIVE;
  return last === null ? "unknown" : "idle";
}

/** Whether IDLE would have something to end there, as far as this browser can tell. */
export function isPerhapsActive(source) {
  const activity = activityOf(source);
  return activity === ACTIVE || activity === MAY_BE_ACTIVE;
}

/** Whether somebody has to look after it: it was set active before the page was loaded, or nobody answered. */
export function isLeftActive(source) {
  if (source.call !== null) return false;
  const activity = activityOf(source);
  return activity === MAY_BE_ACTIVE || (activity === ACTIVE && source.last.isRestored);
}

/** Since when it has been active, or may have been; `null` where it is not. */
export function activeSince({ last, doubt, open, elsewhere }) {
  const changes = [last, doubt, open, elsewhere].filter((change) => change && change.statusType !== "IDLE");
  return changes.length === 0 ? null : changes[0];
}

/** A change was asked for, alone or as one of many; nothing of it has been sent. */
export function changeAsked(source, statusType, { isBulk = false, isActivity = false } = {}) {
  const call = { statusType, isBulk, isActivity, phase: "queued", isDoubtful: false };
  return { ...source, call, open: null, failure: null };
}

/** Something happened to the change under way. */
export function changeProgressed(source, event) {
  const progress = progressOf[event.type];
  return source.call && progress ? progress(source, event) : source;
}

const progressOf = {
  attempt: (source, { attempt, at }) => ({
    ...source,
    call: { ...source.call, phase: "sending", attempt, since: at },
    open: source.open ?? { statusType: source.call.statusType, at },
  }),
  retry: (source, { at, delayMs, reason }) => {
    const phase = reason === "throttled" ? "throttled" : "retrying";
    // A request that was throttled has changed nothing; after any other failure that is not certain.
    const isDoubtful = source.call.isDoubtful || reason !== "throttled";
    const call = { ...source.call, phase, reason, until: at + delayMs, isDoubtful };
    return { ...source, call, open: isDoubtful ? source.open : null };
  },
};

/** The service applied the change. */
export function changeApplied(source, { statusType, attempts, elapsedMs }, at) {
  return {
    ...source,
    last: { statusType, attempts, elapsedMs, at, isRestored: false },
    doubt: null,
    call: null,
    open: null,
    elsewhere: null,
    failure: null,
    history: [...source.history, { statusType, at }].slice(-HISTORY_LIMIT),
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

/** The user took the change back. */
export function changeCancelled(source, statusType, at) {
  const mayBeApplied = source.open !== null;
  return ended(source, { statusType, code: "cancelled", message: "", waitUntil: null, at, mayBeApplied });
}

/** A change left with nobody to hear of its answer. */
export function changeUnheard(source, statusType, at) {
  return { ...source, call: null, open: null, doubt: doubtWith(source, { statusType, at }) };
}

function ended(source, failure) {
  const { statusType, at, mayBeApplied } = failure;
  const doubt = mayBeApplied ? doubtWith(source, { statusType, at }) : source.doubt;
  return { ...source, call: null, open: null, failure, doubt };
}

/** An IDLE without an answer takes no doubt away: what it was to end may still be active. */
function doubtWith({ doubt }, change) {
  return change.statusType === "IDLE" && doubt !== null ? doubt : change;
}
