import { bytes } from "./bytes.js";
import * as core from "./core.js";

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
