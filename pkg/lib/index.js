import text from "../wasm/push_source_status_bg.wasm";
import * as core from "./core.js";

/** The module's bytes, of which `text` holds one in each character; made when the first call needs them. */
function bytes() {
  const decoded = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) decoded[index] = text.charCodeAt(index);
  return decoded;
}

function withBytes(exported) {
  core.provideBytes(bytes);
  return exported;
}

// The package promises bundlers that its modules have no side effects. A statement that provides the bytes
// would be dropped with a module of mere re-exports; these calls stay for as long as what they return is used.
export const StatusClient = /* @__PURE__ */ withBytes(core.StatusClient);
export const statuses = /* @__PURE__ */ withBytes(core.statuses);
export const isStatusType = /* @__PURE__ */ withBytes(core.isStatusType);
export const isRegion = /* @__PURE__ */ withBytes(core.isRegion);
export { StatusError } from "./core.js";
