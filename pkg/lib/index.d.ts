/**
 * Sets the status of Push sources, and makes that call well: retries, order, throttling, activities.
 *
 * @module push-source-status
 */

export * from "./index.cjs";
