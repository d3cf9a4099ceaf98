/** The public interface. Each call runs a loop around the machine in the module, which makes all decisions. */
import { runActivity, startActivity } from "./activity.js";
import { bindings } from "./bindings.js";
import { setStatuses } from "./bulk.js";
import { setStatus } from "./call.js";
import { Host } from "./host.js";

export class StatusClient {
  #host;

  constructor(options) {
    this.#host = new Host(options);
  }

  request(sourceId, statusType) {
    return this.#host.enter((machine) => machine.request(sourceId, statusType));
  }

  setStatus(sourceId, statusType, options) {
    return setStatus(this.#host, sourceId, statusType, options);
  }

  setStatuses(changes, options) {
    return setStatuses(this.#host, changes, options);
  }

  runActivity(sourceId, statusType, work, options) {
    return runActivity(this.#host, sourceId, statusType, work, options);
  }

  startActivity(sourceId, statusType, options) {
    return startActivity(this.#host, sourceId, statusType, options);
  }

  close() {
    return this.#host.close();
  }

  free() {
    void this.#host.close();
  }
}

// Older hosts lack this symbol, and the syntax that uses it.
if (Symbol.asyncDispose) {
  Object.defineProperty(StatusClient.prototype, Symbol.asyncDispose, {
    value() {
      return this.close();
    },
    writable: true,
    configurable: true,
  });
}

// Object members keep their names in every bundler.
export const { statuses, isStatusType, isRegion } = {
  statuses: () => bindings().statuses(),
  isStatusType: (value) => bindings().isStatusType(value),
  isRegion: (value) => bindings().isRegion(value),
};
