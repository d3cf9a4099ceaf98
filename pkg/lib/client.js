/**
 * The public face: a thin shell around what wasm-bindgen generates. It passes arguments on and decides nothing. The
 * generated class alone would answer a second `free()` or a use after it with an error of its own making.
 */
import { activity } from "./activity.js";
import { bindings } from "./bindings.js";

export class StatusClient {
  // The generated class has the same name, so that bundlers number this one: stacks would show `StatusClient2`.
  static {
    Object.defineProperty(StatusClient, "name", { value: "StatusClient" });
  }

  #core;

  constructor(options) {
    this.#core = new (bindings().StatusClient)(options);
  }

  request(sourceId, statusType) {
    return this.#core.request(sourceId, statusType);
  }

  setStatus(sourceId, statusType, options) {
    return this.#core.setStatus(sourceId, statusType, options);
  }

  setStatuses(changes, options) {
    return this.#core.setStatuses(changes, options);
  }

  runActivity(sourceId, statusType, work, options) {
    return this.#core.runActivity(sourceId, statusType, work, options);
  }

  startActivity(sourceId, statusType, options) {
    const core = this.#core;
    return core.startActivity(sourceId, statusType, options).then((started) => activity(core, started));
  }

  close() {
    return this.#core.close();
  }

  free() {
    this.#core.release();
  }
}

// Older hosts have no such symbol, and no syntax that would look for it.
if (Symbol.asyncDispose) {
  Object.defineProperty(StatusClient.prototype, Symbol.asyncDispose, {
    value() {
      return this.close();
    },
    writable: true,
    configurable: true,
  });
}

// Members of an object, whose names bundlers leave as they are, for the same reason.
export const { statuses, isStatusType, isRegion } = {
  statuses: () => bindings().statuses(),
  isStatusType: (value) => bindings().isStatusType(value),
  isRegion: (value) => bindings().isRegion(value),
};
