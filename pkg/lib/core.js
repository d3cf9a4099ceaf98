/** Everything but the bytes: what the entry with the bytes inlined and the one without them have in common. */

export { provideBytes, start } from "./bindings.js";
export { isRegion, isStatusType, StatusClient, statuses } from "./client.js";
export { bindToRequests } from "./host.js";
export { StatusError } from "./status-error.js";
