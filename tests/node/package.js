// The package under test, as its users import it.
export { isRegion, isStatusType, StatusClient, StatusError, statuses } from "push-source-status";
