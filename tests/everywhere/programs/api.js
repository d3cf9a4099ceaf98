export { isRegion, isStatusType, StatusClient, StatusError, statuses } from "push-source-status";
