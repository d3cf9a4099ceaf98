/**
 * What this page knows of one source. Of a source that it has set nothing on it knows nothing, since the Push API
 * cannot be asked; "idle" is therefore never where this begins.
 *
 * - `last`: the status that this page set last, for certain
 * - `doubt`: a later change that may or may not have been applied
 * - `call`: the change that is under way
 * - `failure`: how the latest change ended, if it did not succeed
 */
export function unknownSource(id) {
  return { id, last: null, doubt: null, call: null, failure: null };
}

/** Whether this page set the source active and not idle since. */
export function isActiveHere({ last }) {
  return last !== null && last.statusType !== "IDLE";
}

/** A change was asked for, alone or as one of many; nothing of it has been sent. */
export function changeAsked(source, statusType, { isBulk }) {
  const call = { statusType, isBulk, phase: "queued", isOpen: false, isDoubtful: false };
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
  return { ...source, last: { statusType, attempts, elapsedMs, at }, doubt: null, call: null, failure: null };
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

function ended(source, failure) {
  const { statusType, at, mayBeApplied } = failure;
  return { ...source, call: null, failure, doubt: mayBeApplied ? { statusType, at } : source.doubt };
}
