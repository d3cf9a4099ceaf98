/**
 * What this browser knows of one source. Of a source that it has set nothing on it knows nothing, since the Push API
 * cannot be asked; "idle" is therefore never where this begins.
 *
 * - `name`: what the user calls it; empty where it has no name
 * - `last`: the status that was set last from here, for certain; `isRestored` if that was before the page was loaded
 * - `doubt`: a later change that may or may not have been applied
 * - `call`: the change that is under way
 * - `failure`: how the latest change ended, if it did not succeed
 * - `history`: the changes that were applied, `{ statusType, at }`, oldest first
 */
export function unknownSource({ id, name = "" }) {
  return { id, name, last: null, doubt: null, call: null, failure: null, history: [] };
}

/** How many changes a timeline goes back. */
export const HISTORY_LIMIT = 40;

/** Whether this browser set the source active and not idle since. */
export function isActiveHere({ last }) {
  return last !== null && last.statusType !== "IDLE";
}

/** Whether that was before the page was loaded, so that whoever did it may have forgotten it. */
export function isLeftActive(source) {
  return isActiveHere(source) && source.last.isRestored && source.call === null;
}

/** A change was asked for, alone or as one of many; nothing of it has been sent. */
export function changeAsked(source, statusType, { isBulk = false, isActivity = false } = {}) {
  const call = { statusType, isBulk, isActivity, phase: "queued", isOpen: false, isDoubtful: false };
  return { ...source, call, failure: null };
}

/** Something happened to the change under way. */
export function changeProgressed(source, event) {
  const progress = progressOf[event.type];
  return source.call && progress ? { ...source, call: progress(source.call, event) } : source;
}

const progressOf = {
  attempt: (call, { attempt, at }) => ({ ...call, phase: "sending", attempt, since: at, isOpen: true }),
  retry: (call, { at, delayMs, reason }) => ({
    ...call,
    phase: reason === "throttled" ? "throttled" : "retrying",
    reason,
    until: at + delayMs,
    isOpen: false,
    // A request that was throttled has changed nothing; after any other failure that is not certain.
    isDoubtful: call.isDoubtful || reason !== "throttled",
  }),
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
  };
}

/** The change failed, with a `StatusError`. */
export function changeFailed(source, statusType, error, at) {
  const { code, message, retryAfterMs, outcome } = error;
  const waitUntil = retryAfterMs === undefined ? null : at + retryAfterMs;
  return ended(source, { statusType, code, message, waitUntil, at, mayBeApplied: outcome === "unknown" });
}

/** The user took the change back. */
export function changeCancelled(source, statusType, at) {
  const mayBeApplied = source.call !== null && (source.call.isOpen || source.call.isDoubtful);
  return ended(source, { statusType, code: "cancelled", message: "", waitUntil: null, at, mayBeApplied });
}

/** A change left with nobody to hear of its answer. */
export function changeUnheard(source, statusType, at) {
  return { ...source, call: null, doubt: { statusType, at } };
}

function ended(source, failure) {
  const { statusType, at, mayBeApplied } = failure;
  return { ...source, call: null, failure, doubt: mayBeApplied ? { statusType, at } : source.doubt };
}
