import { IDLE } from "./status-type.js";

/**
 * The activity logs of all sources, as the console would show them. A source has at most one ongoing activity. An active
 * status creates it, and `IDLE` completes it. An active status during an activity creates a new one too; the old one ends
 * as `superseded`, since nobody said that it was complete.
 */
export class ActivityLog {
  #bySource = new Map();

  set(sourceId, statusType, at) {
    const activities = this.#bySource.get(sourceId) ?? [];
    this.#bySource.set(sourceId, activities);

    const last = activities.at(-1);
    if (last?.state === "ongoing") {
      last.endedAt = at;
      last.state = statusType === IDLE ? "completed" : "superseded";
    }
    if (statusType !== IDLE) activities.push({ statusType, startedAt: at, endedAt: null, state: "ongoing" });
  }

  /** The ongoing entry of the log, or `null`. The entry itself changes when it ends. */
  ongoing(sourceId) {
    const last = this.#bySource.get(sourceId)?.at(-1);
    return last?.state === "ongoing" ? last : null;
  }

  of(sourceId) {
    return (this.#bySource.get(sourceId) ?? []).map((activity) => ({ ...activity }));
  }

  sourceIds() {
    return [...this.#bySource.keys()];
  }

  clear() {
    this.#bySource.clear();
  }
}
