import { checkedBoolean, checkedCount, checkedInteger, checkedRecord, checkedText } from "./checks.js";
import { Control } from "./control.js";
import { Directory } from "./directory.js";
import { FaultPlan } from "./fault-plan.js";
import { interceptFetch } from "./fetch-interception.js";
import { RequestLog } from "./request-log.js";
import { serve } from "./server.js";
import { Service } from "./service.js";
import { State } from "./state.js";

const OPTIONS = [
  "port",
  "host",
  "organizations",
  "sources",
  "tokens",
  "control",
  "requestLogLimit",
  "onRequest",
];

/** The emulator accepts any token, so it listens on this machine alone by default. */
const LOOPBACK = "127.0.0.1";

const MEGABYTE = 1024 * 1024;

/** The limits of the service: 6 MB for an item, 256 MB for a file container. */
function bodyLimit(target) {
  return (target.startsWith("/file-containers/") ? 256 : 6) * MEGABYTE;
}

function checkedOptions(options) {
  const {
    port = 0,
    host = LOOPBACK,
    control = false,
    requestLogLimit = Number.POSITIVE_INFINITY,
    onRequest,
    ...declared
  } = checkedRecord("the options", options, OPTIONS);
  checkedInteger("port", port, 0, 65535);
  checkedText("host", host);
  checkedBoolean("control", control);
  checkedCount("requestLogLimit", requestLogLimit);
  if (onRequest !== undefined && typeof onRequest !== "function") {
    throw new TypeError("onRequest must be a function");
  }
  return { port, host, control, requestLogLimit, onRequest, directory: new Directory(declared) };
}

/** A running emulator, as its user sees it. */
class Emulator {
  #server;
  #hasControl;
  #faults;
  #requests;
  #state;

  constructor({ server, hasControl, faults, requests, state }) {
    this.#server = server;
    this.#hasControl = hasControl;
    this.#faults = faults;
    this.#requests = requests;
    this.#state = state;
  }

  get endpoint() {
    return `${this.#server.origin}/push/v1`;
  }

  get controlUrl() {
    return this.#hasControl ? `${this.#server.origin}/emulator` : undefined;
  }

  get requests() {
    return this.#requests.after(0);
  }

  get sourceIds() {
    return this.#state.activities.sourceIds();
  }

  get faults() {
    return this.#faults.description();
  }

  activities(sourceId) {
    return this.#state.activities.of(sourceId);
  }

  documents(sourceId) {
    return this.#state.documents.of(sourceId);
  }

  interceptFetch() {
    return interceptFetch(this.#server.origin);
  }

  failNext(...faults) {
    this.#faults.failNext(...faults);
  }

  failRandomly(options) {
    this.#faults.failRandomly(options);
  }

  clearFaults() {
    this.#faults.clear();
  }

  clearLog() {
    this.#state.activities.clear();
    this.#requests.clear();
  }

  clearDocuments() {
    this.#state.clearDocuments();
  }

  expireFiles() {
    this.#state.files.expire();
  }

  close() {
    return this.#server.close();
  }

  [Symbol.asyncDispose]() {
    return this.close();
  }
}

/**
 * Starts an emulator.
 *
 * @param {import("./index.js").EmulatorOptions} [options]
 * @returns {Promise<import("./index.js").Emulator>}
 */
export async function startEmulator(options = {}) {
  const { port, host, control: hasControl, requestLogLimit, onRequest, directory } = checkedOptions(options);
  const state = new State(directory);
  const faults = new FaultPlan();
  const requests = new RequestLog(requestLogLimit);
  const control = new Control({ enabled: hasControl, state, faults, requests });
  const service = new Service({ state, faults, requests, control, onRequest });
  const server = await serve({ host, port, bodyLimit }, (request) => service.respond(request));
  return new Emulator({ server, hasControl, state, faults, requests });
}
