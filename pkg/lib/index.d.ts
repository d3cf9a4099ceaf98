/**
 * Sets the status of Push sources, with retries, ordering, throttling and activities.
 *
 * @module push-source-status
 */

export * from "./index.cjs";
