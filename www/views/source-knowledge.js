/** The page's knowledge of a source, in words. */
import { ACTIVE, activeSince, activityOf, MAY_BE_ACTIVE, unanswered } from "../state/source.js";
import { countdown, duration, lasting, moment, time } from "./clock.js";
import { statusName } from "./status-name.js";

export const NOT_KNOWN = "Not known: the Push API cannot be asked";

/** The causes of a wait or a failure, by the codes of the client's errors. */
const REASONS = {
  unavailable: "the service is not available",
  network: "no answer through the network",
  timeout: "no answer in time",
  throttled: "the service throttles",
  unauthenticated: "the token was refused",
};

export function reasonOf(code) {
  return REASONS[code] ?? code;
}

/** Returns the mark of a source's row. */
export function markOf(source) {
  const { call, failure } = source;
  if (call) return call.phase === "sending" || call.phase === "queued" ? "pending" : "waiting";
  if (failure) return failure.code === "cancelled" ? "cancelled" : "failed";
  const activity = activityOf(source);
  return activity === MAY_BE_ACTIVE ? "waiting" : activity;
}

/** Returns the status for a row's badge: the one set last, or one that may have been set since; `null` for none. */
export function statusShown(source) {
  const activity = activityOf(source);
  if (activity === "unknown") return null;
  return activity === "idle" ? "IDLE" : activeSince(source).statusType;
}

/** Returns the state of a source and its age, in a few words. */
export function standingText(source, now) {
  const activity = activityOf(source);
  if (activity === "unknown") return "Not known";
  if (activity === "idle") return `idle for ${lasting(now - source.last.at)}`;
  const { at } = activeSince(source);
  return activity === ACTIVE
    ? `${ACTIVE} for ${lasting(now - at)}`
    : `${MAY_BE_ACTIVE}, for ${lasting(now - at)}`;
}

/** Returns the end of the latest change, in a word or two. */
export function failureBrief({ code, httpStatus }) {
  if (code === "cancelled") return "Cancelled";
  return `Failed: ${httpStatus ?? reasonOf(code)}`;
}

export function lastText({ attempts, elapsedMs, at, isRestored }) {
  if (isRestored) return `set by this browser ${moment(at)}; others may have changed it`;
  if (attempts === undefined) return `set here at ${time(at)}, by an activity`;
  const effort = attempts === 1 ? duration(elapsedMs) : `${attempts} attempts, ${duration(elapsedMs)}`;
  return `set here at ${time(at)} (${effort})`;
}

/** Returns a text on a change that was sent without an answer, or `null` if there is none. */
export function doubtText(source) {
  const { call, doubt, failure } = source;
  const sent = unanswered(source);
  if (sent !== null && sent.by !== "this tab")
    return `${statusName(sent.statusType)} was sent by ${sent.by} ${moment(sent.at)}; its answer is not known`;
  const change = call === null ? (doubt ?? sent) : (sent ?? doubt);
  // The failure's own text covers the doubt.
  if (change === null || failure?.mayBeApplied) return null;
  return call === null
    ? `${statusName(change.statusType)} may have been applied after that, ${moment(change.at)}`
    : `${statusName(change.statusType)} was sent ${moment(change.at)}; nobody has answered yet`;
}

export function callText({ statusType, phase, attempt, since, until, reason }, throttledUntil, now) {
  const name = statusName(statusType);
  switch (phase) {
    case "sending": {
      const seconds = Math.floor((now - since) / 1000);
      return `Setting ${name}: attempt ${attempt}${seconds > 0 ? `, ${seconds} s so far` : ""}`;
    }
    case "throttled":
      return `Setting ${name}: throttled until ${time(until)}, in ${countdown(until - now)}`;
    case "retrying":
      return `Setting ${name}: retrying in ${countdown(until - now)}, since ${reasonOf(reason)}`;
    default:
      return throttledUntil > now
        ? `Setting ${name}: waits with the others until ${time(throttledUntil)}, since the service throttles`
        : `Setting ${name}: waits for its turn`;
  }
}

export function failureTitle({ statusType, code, mayBeApplied }) {
  const name = statusName(statusType);
  if (code === "cancelled") {
    return mayBeApplied
      ? `Cancelled when the request had left: ${name} may have been applied`
      : `Cancelled: ${name} was not set`;
  }
  return mayBeApplied ? `Failed: ${name} may or may not have been applied` : `Failed: ${name} was not set`;
}

export function failureText({ message, waitUntil }, sourceId) {
  const text = withoutSource(message, sourceId);
  return waitUntil === null ? text : `${text} (not before ${time(waitUntil)})`;
}

/** Removes the source from an error text that is shown beside it, because ids are long. */
export function withoutSource(message, sourceId) {
  return message.replace(` on source ${sourceId}`, "");
}
