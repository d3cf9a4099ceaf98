/** The exports that all entries share, whether or not they inline the bytes. */

export { provideBytes, start } from "./bindings.js";
export { isRegion, isStatusType, StatusClient, statuses } from "./client.js";
export { bindToRequests } from "./host.js";
export { StatusError } from "./status-error.js";
