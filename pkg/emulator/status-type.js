/** The one status that ends an activity instead of beginning one. */
export const IDLE = "IDLE";

/** Every value that the query parameter `statusType` may have. The service compares them case-sensitively. */
export const STATUS_TYPES = Object.freeze(["REBUILD", "REFRESH", "INCREMENTAL", IDLE]);
