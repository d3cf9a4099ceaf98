// The one place that says where the package under test is.
export { isRegion, isStatusType, StatusClient, StatusError, statuses } from "../../pkg/dist/node.mjs";
