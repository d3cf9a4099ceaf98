import module from "../wasm/push_source_status_bg.wasm";
import * as core from "./core.js";

// Cloudflare's runtime does not compile bytes. An imported `.wasm` file is a module there, compiled when the worker is
// deployed.
function withModule(exported) {
  core.provideBytes(() => module);
  core.bindToRequests();
  return exported;
}

// The exports are calls for the same reason as in index.js.
export const StatusClient = /* @__PURE__ */ withModule(core.StatusClient);
export const statuses = /* @__PURE__ */ withModule(core.statuses);
export const isStatusType = /* @__PURE__ */ withModule(core.isStatusType);
export const isRegion = /* @__PURE__ */ withModule(core.isRegion);
export { StatusError } from "./core.js";
