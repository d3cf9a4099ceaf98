import { IDLE } from "./status-type.js";

/**
 * The activity logs of all sources, as the console would show them. At most one activity of a source is ongoing:
 * an active status creates one, and `IDLE` completes it. An active status set while another activity is ongoing
 * creates a new one too; the one before ends at that moment as `superseded`, since nobody said it was complete.
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

  /** The entry of the log that is ongoing, which changes when it ends; `null` where there is none. */
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
