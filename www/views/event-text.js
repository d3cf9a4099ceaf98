/** The lines of the log, one for each event of the client. */
import { duration } from "./clock.js";
import { reasonOf, withoutSource } from "./source-knowledge.js";
import { statusName } from "./status-name.js";

const texts = {
  attempt: ({ statusType, attempt }) => `→ ${statusName(statusType)}, attempt ${attempt}`,
  reply: ({ httpStatus, durationMs }) =>
    `← ${httpStatus === 0 ? "a redirect, which is not followed," : httpStatus} after ${duration(durationMs)}`,
  retry: ({ attempt, delayMs, reason }) =>
    `attempt ${attempt + 1} in ${duration(delayMs)}, since ${reasonOf(reason)}`,
  throttled: ({ delayMs }) => `throttled: nothing is sent for ${duration(delayMs)}`,
  done: ({ statusType, elapsedMs }) => `${statusName(statusType)} was set, in ${duration(elapsedMs)}`,
  activity_started: ({ statusType }) => `an activity began: ${statusName(statusType)}`,
  activity_ended: ({ statusType }) => `the activity ended: ${statusName(statusType)}`,
  left_active: ({ hint }) => `the activity ended, and the source was left active: ${hint}`,
  journal_failed: ({ message }) => `what may be active could not be written down: ${message}`,
  failed: ({ code, message, sourceId }) =>
    code === "cancelled" ? "cancelled" : withoutSource(message, sourceId),
};

export function eventText(event) {
  return texts[event.type]?.(event) ?? event.type;
}

/** Returns the tone of a line, which shows a wait or the end of a call. */
export function eventTone({ type, code }) {
  if (type === "failed") return code === "cancelled" ? "cancelled" : "failed";
  if (type === "left_active" || type === "journal_failed") return "failed";
  if (type === "retry" || type === "throttled") return "waiting";
  return type === "done" ? "done" : "plain";
}
