// Shared with CommonJS, so that a process has one WebAssembly instance and one StatusError.
export { isRegion, isStatusType, StatusClient, StatusError, statuses } from "./index.cjs";
