import { emptyAnswer, errorAnswer } from "./answer.js";
import { maskedHeaders, maskFor, tokenMaskFor } from "./masking.js";
import { OPERATION_NAMES } from "./operations.js";
import { Refusal } from "./refusal.js";
import { routeOf } from "./route.js";

/** The longest body in the log. More than that is masked first, so that no token is cut in two. */
const LOGGED_BODY_LENGTH = 64 * 1024;
const MASKED_BODY_BYTES = 16 * LOGGED_BODY_LENGTH;

const NOT_EMULATED =
  `this is not emulated; what is: ${OPERATION_NAMES.join(", ")}. ` +
  "The vendor's client calls another API for fields, unless it has the option createFields: false";

function asItIs(answer) {
  return { kind: "answer", answer, delayMs: 0 };
}

function unservedAnswer({ kind, allowed }, method) {
  if (method === "OPTIONS") return emptyAnswer(204);
  if (kind === "method") {
    const headers = { Allow: [...allowed, "OPTIONS"].join(", ") };
    return errorAnswer(405, { message: `use ${allowed.join(" or ")}`, headers });
  }
  if (kind === "not-emulated") return errorAnswer(501, { message: NOT_EMULATED });
  return errorAnswer(404, { message: "there is nothing at this path" });
}

/** The service's own answer to a call, before any fault: `{ answer, orderingId, apply }`. */
function performed(call, state) {
  try {
    return call.operation.perform(call, state);
  } catch (error) {
    if (error instanceof Refusal) return { answer: error.answer };
    throw error;
  }
}

function loggedBody(bytes, mask) {
  const text = mask(bytes.toString("utf8", 0, MASKED_BODY_BYTES));
  if (text.length <= LOGGED_BODY_LENGTH) return text;
  // Through bytes: a slice of the text would keep the whole text in memory.
  return Buffer.from(text.slice(0, LOGGED_BODY_LENGTH)).toString();
}

/** The emulated service. It answers requests, as data, and keeps the logs. */
export class Service {
  #state;
  #faults;
  #requests;
  #control;
  #onRequest;

  /** Operations read and change `state`: directory, activities, documents, files, streams. */
  constructor({ state, faults, requests, control, onRequest }) {
    this.#state = state;
    this.#faults = faults;
    this.#requests = requests;
    this.#control = control;
    this.#onRequest = onRequest;
  }

  respond(request) {
    const at = Date.now();
    const route = routeOf(request.method, request.target);
    if (route.kind === "control" && request.method !== "OPTIONS") {
      return asItIs(this.#control.answer(route, request));
    }

    const maskTokens = tokenMaskFor(this.#state.directory.tokens(), request.headers.authorization);
    const mask = maskFor(maskTokens);
    const loggedSourceId = route.sourceId === undefined ? null : mask(route.sourceId);
    const call = { ...request, ...route, at, maskTokens, loggedSourceId };
    const outcome = this.#outcome(call);
    if (route.kind !== "control") this.#record({ call, mask, ...outcome });
    return outcome.delivery;
  }

  /** Only a push has an activity: a call for a source that does not set its status. */
  #activityOf({ operation, loggedSourceId }) {
    const isPush = operation && loggedSourceId !== null && operation.name !== "set-status";
    return isPush ? this.#state.activities.ongoing(loggedSourceId) : undefined;
  }

  #outcome(call) {
    if (call.kind !== "operation") {
      return { delivery: asItIs(unservedAnswer(call, call.method)), applied: false };
    }
    const { answer: ownAnswer, orderingId = null, apply } = performed(call, this.#state);
    const fault = this.#faults.take(call);
    const applied = apply !== undefined && (fault?.applied ?? true);
    if (applied) apply();
    if (!fault) return { delivery: asItIs(ownAnswer), applied, orderingId };
    const { kind, delayMs, answer } = fault;
    return { delivery: { kind, answer: answer ?? ownAnswer, delayMs }, applied, orderingId };
  }

  #record({ call, mask, delivery, applied, orderingId = null }) {
    const activity = this.#activityOf(call);
    const text = (value) => (typeof value === "string" ? mask(value) : null);
    const isAnswered = delivery.kind !== "stall" && delivery.kind !== "reset";
    const record = this.#requests.add({
      at: call.at,
      method: call.method,
      path: mask(call.target),
      operation: call.operation?.name ?? null,
      organizationId: text(call.organizationId),
      sourceId: call.loggedSourceId,
      statusType: text(call.statusType),
      orderingId,
      ...(activity !== undefined && { activity }),
      headers: Object.freeze(maskedHeaders(call.headers, mask)),
      body: loggedBody(call.body.bytes, mask),
      httpStatus: isAnswered ? delivery.answer.httpStatus : null,
      fault: delivery.kind === "answer" ? null : delivery.kind,
      applied,
    });
    // In its own turn, so that what a handler throws changes no answer, and is seen by its owner.
    if (this.#onRequest) queueMicrotask(() => this.#onRequest(record));
  }
}
