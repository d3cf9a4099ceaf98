/**
 * The latest activity that was run from this page: `{ sourceId, statusType, phase, done, total, how, message }`.
 * `phase` is opening, running, closing or ended. `how` is, at the end, completed, failed, cancelled, refused, left or
 * abandoned.
 */
import { changeApplied, changeAsked, changeCancelled, changeFailed, idleUnheard } from "./source.js";
import { withSource } from "./source-list.js";

export const activityBegun = (sourceId, statusType, total) => (state) => ({
  ...withSource(state, sourceId, (source) => changeAsked(source, statusType, { isActivity: true })),
  activity: { sourceId, statusType, phase: "opening", done: 0, total, how: null, message: "" },
});

/** Records that the active status is set and the work begins. */
export const activityStarted = (at) => (state) =>
  withActivity(state, { phase: "running" }, (source, { statusType }) =>
    changeApplied(source, { statusType }, at),
  );

export const activityAdvanced = (done) => (state) => withActivity(state, { done });

/** Records that the work is over and IDLE is on its way. */
export const activityClosing = () => (state) =>
  withActivity(state, { phase: "closing" }, (source) => changeAsked(source, "IDLE", { isActivity: true }));

/** Records that IDLE was set, whether or not the work was done. */
export const activityEnded = (how, message, at) => (state) =>
  withActivity(state, { phase: "ended", how, message }, (source) =>
    changeApplied(source, { statusType: "IDLE" }, at),
  );

/** Records that the active status could not be set, so that no work was done. */
export const activityRefused = (error, at) => (state) =>
  withActivity(state, { phase: "ended", how: "refused", message: error.message }, (source, { statusType }) =>
    changeFailed(source, statusType, error, at),
  );

/** Records that the activity was cancelled before its active status was set. */
export const activityTakenBack = (at) => (state) =>
  withActivity(state, { phase: "ended", how: "cancelled", message: "" }, (source, { statusType }) =>
    changeCancelled(source, statusType, at),
  );

/** Records that IDLE could not be set. */
export const activityLeft = (error, at) => (state) =>
  withActivity(state, { phase: "ended", how: "left", message: error.message }, (source) =>
    changeFailed(source, "IDLE", error, at),
  );

/** Records that the page is being left: the client sends IDLE, and nobody will see the answer. */
export const activityAbandoned = (at) => (state) =>
  withActivity(state, { phase: "ended", how: "abandoned", message: "" }, (source) => idleUnheard(source, at));

export function isRunning(activity) {
  return activity !== null && activity.phase !== "ended";
}

/**
 * Changes the activity that runs, and its source. One that has ended, or that another connection has replaced, stays as
 * it is.
 */
function withActivity(state, change, changeSource = (source) => source) {
  const { activity } = state;
  if (!isRunning(activity)) return state;
  const changed = withSource(state, activity.sourceId, (source) => changeSource(source, activity));
  return { ...changed, activity: { ...activity, ...change } };
}
