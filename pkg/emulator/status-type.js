/** The status that ends an activity. The others begin one. */
export const IDLE = "IDLE";

/** The values of the query parameter `statusType`, which are case-sensitive. */
export const STATUS_TYPES = Object.freeze(["REBUILD", "REFRESH", "INCREMENTAL", IDLE]);
