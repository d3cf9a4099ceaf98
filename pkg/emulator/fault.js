import { validateHeaderName, validateHeaderValue } from "node:http";
import {
  BODILESS_STATUSES,
  emptyAnswer,
  errorAnswer,
  GATEWAY_STATUSES,
  gatewayAnswer,
  jsonAnswer,
} from "./answer.js";
import { checkedBoolean, checkedChoice, checkedInteger, checkedRecord, checkedText } from "./checks.js";

const LONGEST_DELAY_MS = 2 ** 31 - 1;
const REDIRECT_STATUSES = [301, 302, 303, 307, 308];

/** The kinds of faults: the field that names each, and the fields that it can be combined with. */
const COMPANIONS = new Map([
  ["stall", ["applied"]],
  ["reset", ["applied", "delayMs"]],
  ["redirect", ["status", "headers", "delayMs"]],
  ["status", ["errorCode", "message", "body", "retryAfter", "headers", "applied", "delayMs"]],
  ["delayMs", []],
]);

export const FAULT_FIELDS = Object.freeze([...new Set([...COMPANIONS].flat(2))]);

function kindOf(place, fault) {
  for (const [kind, companions] of COMPANIONS) {
    if (!(kind in fault)) continue;
    const stranger = Object.keys(fault).find((field) => field !== kind && !companions.includes(field));
    if (stranger !== undefined) {
      throw new TypeError(`${place}.${stranger} cannot be combined with ${place}.${kind}`);
    }
    return kind;
  }
  throw new TypeError(`${place} must name a fault: ${[...COMPANIONS.keys()].join(", ")}`);
}

function checkedHeader(place, name, value) {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch (error) {
    throw new TypeError(`${place} is no valid HTTP header: ${error.message}`);
  }
  if (/^(content-length|transfer-encoding)$/i.test(name)) {
    throw new TypeError(`${place} is set by the server itself`);
  }
  return value;
}

function checkedHeaders(place, headers) {
  const given = checkedRecord(place, headers, Object.keys(headers ?? {}));
  for (const [name, value] of Object.entries(given)) {
    if (typeof value !== "string") throw new TypeError(`${place}["${name}"] must be a string`);
    checkedHeader(`${place}["${name}"]`, name, value);
  }
  return given;
}

/** A number is in seconds. A string is sent unchanged, so that a malformed one can be tried too. */
function checkedRetryAfter(place, value) {
  if (typeof value !== "string") return String(checkedInteger(place, value, 0, Number.MAX_SAFE_INTEGER));
  return checkedHeader(place, "Retry-After", value);
}

function bodyAnswer(place, status, body, headers) {
  if (body === "") return emptyAnswer(status, headers);
  if (BODILESS_STATUSES.includes(status)) {
    throw new TypeError(`${place}.body cannot be sent with status ${status}`);
  }
  if (typeof body === "string") {
    return { httpStatus: status, headers: { "Content-Type": "text/plain; charset=utf-8", ...headers }, body };
  }
  if (body instanceof Uint8Array) {
    const bytes = Uint8Array.from(body);
    return {
      httpStatus: status,
      headers: { "Content-Type": "application/octet-stream", ...headers },
      body: bytes,
    };
  }
  if (JSON.stringify(body) === undefined) {
    throw new TypeError(`${place}.body must be text, bytes or a JSON value`);
  }
  return jsonAnswer(status, body, headers);
}

function scriptedAnswer(place, { status, errorCode, message, body, retryAfter, headers = {} }) {
  checkedInteger(`${place}.status`, status, 200, 599);
  if (status >= 300 && status < 400) throw new TypeError(`${place}.status ${status} needs ${place}.redirect`);
  const sent = { ...checkedHeaders(`${place}.headers`, headers) };
  if (retryAfter !== undefined) sent["Retry-After"] = checkedRetryAfter(`${place}.retryAfter`, retryAfter);

  const hasText = errorCode !== undefined || message !== undefined;
  if (hasText && body !== undefined) {
    throw new TypeError(`${place}.body cannot be combined with errorCode or message`);
  }
  if (hasText && status < 300) {
    throw new TypeError(`${place}.status ${status} is no error: it has no errorCode, no message`);
  }
  if (errorCode !== undefined) checkedText(`${place}.errorCode`, errorCode);
  if (message !== undefined) checkedText(`${place}.message`, message);

  if (body !== undefined) return bodyAnswer(place, status, body, sent);
  if (BODILESS_STATUSES.includes(status)) return emptyAnswer(status, sent);
  if (status < 300) return jsonAnswer(status, {}, sent);
  if (GATEWAY_STATUSES.includes(status) && !hasText) return gatewayAnswer(status, sent);
  return errorAnswer(status, { errorCode, message, headers: sent });
}

function redirectAnswer(place, { redirect, status = 302, headers = {} }) {
  checkedChoice(`${place}.status`, status, REDIRECT_STATUSES);
  const location = checkedHeader(`${place}.redirect`, "Location", checkedText(`${place}.redirect`, redirect));
  return emptyAnswer(status, { ...checkedHeaders(`${place}.headers`, headers), Location: location });
}

/** Returns whether the call takes effect. `applied` may contradict the answer only where a real service could do so. */
function checkedApplied(place, kind, { status, applied }) {
  const succeeds = kind === "delayMs" || (kind === "status" && status < 300);
  if (applied === undefined) return succeeds;
  checkedBoolean(`${place}.applied`, applied);
  const refuses = kind === "status" && status >= 400 && status < 500 && status !== 408;
  if (applied && refuses) {
    throw new TypeError(`${place}.applied cannot be true: a ${status} refuses the change`);
  }
  if (!applied && succeeds) {
    throw new TypeError(`${place}.applied cannot be false: a ${status} means that it was done`);
  }
  return applied;
}

/**
 * Checks a fault, and returns `{ kind, answer, applied, delayMs, description }`. An `answer` of `null` means the service's own
 * answer. `description` is the fault as it was given.
 */
export function checkedFault(place, value) {
  const description = checkedRecord(place, value, FAULT_FIELDS);
  const kind = kindOf(place, description);
  if ((kind === "stall" || kind === "reset") && description[kind] !== true) {
    throw new TypeError(`${place}.${kind} must be true`);
  }
  const { delayMs = 0 } = description;
  checkedInteger(`${place}.delayMs`, delayMs, 0, LONGEST_DELAY_MS);
  let answer = null;
  if (kind === "status") answer = scriptedAnswer(place, description);
  if (kind === "redirect") answer = redirectAnswer(place, description);
  return { kind, answer, applied: checkedApplied(place, kind, description), delayMs, description };
}
