export { isRegion, isStatusType, StatusClient, StatusError, start, statuses } from "./core.js";
