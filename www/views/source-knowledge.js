/** What the page knows of a source, in words. */
import { countdown, duration, moment, time } from "./clock.js";
import { statusName } from "./status-name.js";

export const NOT_KNOWN = "Not known: the Push API cannot be asked";

/** What a wait or a failure comes from, by the codes of the client's errors. */
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

/** Which of the marks a row bears. */
export function markOf({ last, call, failure }) {
  if (call) return call.phase === "sending" || call.phase === "queued" ? "pending" : "waiting";
  if (failure) return failure.code === "cancelled" ? "cancelled" : "failed";
  if (last === null) return "unknown";
  return last.statusType === "IDLE" ? "idle" : "active";
}

export function lastText({ attempts, elapsedMs, at, isRestored }) {
  if (isRestored) return `set by this browser ${moment(at)}; others may have changed it`;
  if (attempts === undefined) return `set here at ${time(at)}, by an activity`;
  const effort = attempts === 1 ? duration(elapsedMs) : `${attempts} attempts, ${duration(elapsedMs)}`;
  return `set here at ${time(at)} (${effort})`;
}

export function doubtText({ statusType, at }) {
  return `${statusName(statusType)} may have been applied after that, ${moment(at)}`;
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

/** The client's texts name the source. Where it is named already, that is left out: ids are long. */
export function withoutSource(message, sourceId) {
  return message.replace(` on source ${sourceId}`, "");
}
