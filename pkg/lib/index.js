import { bytes } from "./bytes.js";
import * as core from "./core.js";

function withBytes(exported) {
  core.provideBytes(bytes);
  return exported;
}

// The package promises bundlers that its modules have no side effects. They would drop a statement that only provides
// the bytes, but they keep these calls as long as their results are used.
export const StatusClient = /* @__PURE__ */ withBytes(core.StatusClient);
export const statuses = /* @__PURE__ */ withBytes(core.statuses);
export const isStatusType = /* @__PURE__ */ withBytes(core.isStatusType);
export const isRegion = /* @__PURE__ */ withBytes(core.isRegion);
export { StatusError } from "./core.js";
