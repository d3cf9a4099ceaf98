import { emptyAnswer, errorAnswer } from "./answer.js";
import { maskedHeaders, maskFor } from "./masking.js";
import { routeOf } from "./route.js";
import { statusAnswer } from "./status-call.js";

const NOT_EMULATED =
  "this emulator stands in for POST …/sources/{sourceId}/status alone; other calls of the Push API are not emulated";

function asItIs(answer) {
  return { kind: "answer", answer, delayMs: 0 };
}

function unservedAnswer({ kind }, method) {
  if (method === "OPTIONS") return emptyAnswer(204);
  if (kind === "status") {
    return errorAnswer(405, { message: "use POST", headers: { Allow: "POST, OPTIONS" } });
  }
  if (kind === "other-push") return errorAnswer(501, { message: NOT_EMULATED });
  return errorAnswer(404, { message: "there is nothing at this path" });
}

/** The emulated service: turns one request, as data, into what happens to it, and keeps the logs. */
export class Service {
  #directory;
  #faults;
  #activities;
  #requests;
  #control;
  #onRequest;

  constructor({ directory, faults, activities, requests, control, onRequest }) {
    this.#directory = directory;
    this.#faults = faults;
    this.#activities = activities;
    this.#requests = requests;
    this.#control = control;
    this.#onRequest = onRequest;
  }

  respond(request) {
    const at = Date.now();
    const route = routeOf(request.target);
    if (route.kind === "control" && request.method !== "OPTIONS") {
      return asItIs(this.#control.answer(route, request));
    }

    const mask = maskFor(this.#directory.tokens(), request.headers.authorization);
    const { delivery, applied } = this.#outcome(route, request);
    if (applied) this.#activities.set(mask(route.sourceId), route.statusType, at);
    if (route.kind !== "control") this.#record({ at, route, request, mask, delivery, applied });
    return delivery;
  }

  #outcome(route, request) {
    if (route.kind !== "status" || request.method !== "POST") {
      return { delivery: asItIs(unservedAnswer(route, request.method)), applied: false };
    }
    const ownAnswer = statusAnswer(route, request, this.#directory);
    const accepted = ownAnswer.httpStatus === 201;
    const fault = this.#faults.take(route);
    if (!fault) return { delivery: asItIs(ownAnswer), applied: accepted };
    const { kind, delayMs, applied } = fault;
    return { delivery: { kind, answer: fault.answer ?? ownAnswer, delayMs }, applied: accepted && applied };
  }

  #record({ at, route, request, mask, delivery, applied }) {
    const text = (value) => (typeof value === "string" ? mask(value) : null);
    const isAnswered = delivery.kind !== "stall" && delivery.kind !== "reset";
    const record = this.#requests.add({
      at,
      method: request.method,
      path: mask(request.target),
      organizationId: text(route.organizationId),
      sourceId: text(route.sourceId),
      statusType: text(route.statusType),
      headers: Object.freeze(maskedHeaders(request.headers, mask)),
      body: mask(request.body.bytes.toString("utf8")),
      httpStatus: isAnswered ? delivery.answer.httpStatus : null,
      fault: delivery.kind === "answer" ? null : delivery.kind,
      applied,
    });
    // Apart from this call: what a handler throws is its owner's to see, and changes no answer.
    if (this.#onRequest) queueMicrotask(() => this.#onRequest(record));
  }
}
