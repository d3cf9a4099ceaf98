import { emptyAnswer, errorAnswer, jsonAnswer } from "./answer.js";
import { checkedRecord } from "./checks.js";

function invalid(message) {
  return errorAnswer(400, { errorCode: "INVALID_ARGUMENT", message });
}

function parsed({ bytes, truncated }) {
  if (truncated) throw new TypeError("the body is too long");
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new TypeError("the body is not valid JSON");
  }
}

/** Collects a value for each source of the query, or for all sources. */
function bySource(query, all, read) {
  const wanted = query.getAll("sourceId");
  const sourceIds = wanted.length > 0 ? wanted : all;
  return jsonAnswer(200, Object.fromEntries(sourceIds.map((id) => [id, read(id)])));
}

/**
 * The control surface over HTTP, for pages and other processes. It is below `/emulator/`, and only there with the option
 * `control`. It returns what the JavaScript object returns, so it never returns a token.
 */
export class Control {
  #state;
  #faults;
  #requests;
  #operations;

  constructor({ enabled, state, faults, requests }) {
    this.#state = state;
    this.#faults = faults;
    this.#requests = requests;
    const operations = {
      activities: { GET: ({ query }) => this.#readActivities(query) },
      documents: {
        GET: ({ query }) => this.#readDocuments(query),
        DELETE: () => this.#clearDocuments(),
      },
      files: { DELETE: () => this.#expireFiles() },
      requests: { GET: ({ query }) => this.#readRequests(query) },
      faults: {
        GET: () => this.#readFaults(),
        POST: (_route, { body }) => this.#planFaults(body),
        DELETE: () => this.#clearFaults(),
      },
      log: { DELETE: () => this.#clearLog() },
    };
    this.#operations = new Map(enabled ? Object.entries(operations) : []);
  }

  answer(route, request) {
    const methods = this.#operations.get(route.resource);
    if (!methods) return errorAnswer(404, { message: this.#absence() });
    if (!Object.hasOwn(methods, request.method)) {
      const allowed = [...Object.keys(methods), "OPTIONS"].join(", ");
      return errorAnswer(405, { message: `use ${allowed}`, headers: { Allow: allowed } });
    }
    return methods[request.method](route, request);
  }

  #absence() {
    const resources = [...this.#operations.keys()];
    if (resources.length === 0) return "the emulator was started without the option control";
    return `under /emulator/ there are ${resources.join(", ")}`;
  }

  #readActivities(query) {
    const { activities } = this.#state;
    return bySource(query, activities.sourceIds(), (id) => activities.of(id));
  }

  #readDocuments(query) {
    const { documents } = this.#state;
    return bySource(query, documents.sourceIds(), (id) => Object.fromEntries(documents.of(id)));
  }

  #clearDocuments() {
    this.#state.clearDocuments();
    return emptyAnswer(204);
  }

  #expireFiles() {
    this.#state.files.expire();
    return emptyAnswer(204);
  }

  #readRequests(query) {
    const after = query.get("after") ?? "0";
    return /^\d+$/.test(after)
      ? jsonAnswer(200, this.#requests.after(Number(after)))
      : invalid("after must be an id");
  }

  #readFaults() {
    return jsonAnswer(200, this.#faults.description());
  }

  #planFaults(body) {
    try {
      const plan = checkedRecord("the body", parsed(body), ["next", "random"]);
      // Only one of the two: if the second were invalid, the first would have to be undone.
      if (Object.keys(plan).length !== 1) throw new TypeError("the body must have either next or random");
      if ("next" in plan) this.#faults.failNext(...[plan.next].flat());
      else this.#faults.failRandomly(plan.random);
    } catch (error) {
      if (error instanceof TypeError) return invalid(error.message);
      throw error;
    }
    return this.#readFaults();
  }

  #clearFaults() {
    this.#faults.clear();
    return this.#readFaults();
  }

  #clearLog() {
    this.#state.activities.clear();
    this.#requests.clear();
    return emptyAnswer(204);
  }
}
