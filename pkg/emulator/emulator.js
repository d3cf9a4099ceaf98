import { ActivityLog } from "./activity-log.js";
import { checkedBoolean, checkedCount, checkedInteger, checkedRecord } from "./checks.js";
import { Control } from "./control.js";
import { Directory } from "./directory.js";
import { FaultPlan } from "./fault-plan.js";
import { RequestLog } from "./request-log.js";
import { serve } from "./server.js";
import { Service } from "./service.js";

const OPTIONS = ["port", "organizations", "sources", "tokens", "control", "requestLogLimit", "onRequest"];

function checkedOptions(options) {
  const {
    port = 0,
    control = false,
    requestLogLimit = Number.POSITIVE_INFINITY,
    onRequest,
    ...declared
  } = checkedRecord("the options", options, OPTIONS);
  checkedInteger("port", port, 0, 65535);
  checkedBoolean("control", control);
  checkedCount("requestLogLimit", requestLogLimit);
  if (onRequest !== undefined && typeof onRequest !== "function") {
    throw new TypeError("onRequest must be a function");
  }
  return { port, control, requestLogLimit, onRequest, directory: new Directory(declared) };
}

/** What `startEmulator` gives: the running emulator as its user sees it. */
class Emulator {
  #server;
  #faults;
  #activities;
  #requests;
  #hasControl;

  constructor({ server, faults, activities, requests, hasControl }) {
    this.#server = server;
    this.#faults = faults;
    this.#activities = activities;
    this.#requests = requests;
    this.#hasControl = hasControl;
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
    return this.#activities.sourceIds();
  }

  get faults() {
    return this.#faults.description();
  }

  activities(sourceId) {
    return this.#activities.of(sourceId);
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
    this.#activities.clear();
    this.#requests.clear();
  }

  close() {
    return this.#server.close();
  }

  [Symbol.asyncDispose]() {
    return this.close();
  }
}

/**
 * Starts an emulator on a loopback port.
 *
 * @param {import("./index.js").EmulatorOptions} [options]
 * @returns {Promise<import("./index.js").Emulator>}
 */
export async function startEmulator(options = {}) {
  const { port, control: hasControl, requestLogLimit, onRequest, directory } = checkedOptions(options);
  const logs = {
    activities: new ActivityLog(),
    requests: new RequestLog(requestLogLimit),
    faults: new FaultPlan(),
  };
  const control = new Control({ enabled: hasControl, ...logs });
  const service = new Service({ directory, control, onRequest, ...logs });
  const server = await serve(port, (request) => service.respond(request));
  return new Emulator({ server, hasControl, ...logs });
}
