// The one place that says what is under test: the package as its users import it.
export { isRegion, isStatusType, StatusClient, StatusError, statuses } from "push-source-status";
