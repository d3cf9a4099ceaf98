/**
 * The latest activity that was run from this page: `{ sourceId, statusType, phase, done, total, how, message }`.
 * `phase`: opening, running, closing, ended; `how` it ended: completed, failed, cancelled, refused, left, abandoned.
 */
import { changeApplied, changeAsked, changeCancelled, changeFailed, idleUnheard } from "./source.js";
import { withSource } from "./source-list.js";

export const activityBegun = (sourceId, statusType, total) => (state) => ({
  ...withSource(state, sourceId, (source) => changeAsked(source, statusType, { isActivity: true })),
  activity: { sourceId, statusType, phase: "opening", done: 0, total, how: null, message: "" },
});

/** The active status is set, and the work begins. */
export const activityStarted = (at) => (state) =>
  withActivity(state, { phase: "running" }, (source, { statusType }) =>
    changeApplied(source, { statusType }, at),
  );

export const activityAdvanced = (done) => (state) => withActivity(state, { done });

/** The work is over, and IDLE on its way. */
export const activityClosing = () => (state) =>
  withActivity(state, { phase: "closing" }, (source) => changeAsked(source, "IDLE", { isActivity: true }));

/** The work was done or not, and IDLE was set. */
export const activityEnded = (how, message, at) => (state) =>
  withActivity(state, { phase: "ended", how, message }, (source) =>
    changeApplied(source, { statusType: "IDLE" }, at),
  );

/** The active status could not be set, so that there was no work. */
export const activityRefused = (error, at) => (state) =>
  withActivity(state, { phase: "ended", how: "refused", message: error.message }, (source, { statusType }) =>
    changeFailed(source, statusType, error, at),
  );

/** It was taken back before the active status was set. */
export const activityTakenBack = (at) => (state) =>
  withActivity(state, { phase: "ended", how: "cancelled", message: "" }, (source, { statusType }) =>
    changeCancelled(source, statusType, at),
  );

/** IDLE could not be set. */
export const activityLeft = (error, at) => (state) =>
  withActivity(state, { phase: "ended", how: "left", message: error.message }, (source) =>
    changeFailed(source, "IDLE", error, at),
  );

/** The page is being left: the client sends IDLE, and nobody will hear of the answer. */
export const activityAbandoned = (at) => (state) =>
  withActivity(state, { phase: "ended", how: "abandoned", message: "" }, (source) => idleUnheard(source, at));

export function isRunning(activity) {
  return activity !== null && activity.phase !== "ended";
}

/** An activity that has ended, or that another organization took the place of, changes no more. */
function withActivity(state, change, changeSource = (source) => source) {
  const { activity } = state;
  if (!isRunning(activity)) return state;
  const changed = withSource(state, activity.sourceId, (source) => changeSource(source, activity));
  return { ...changed, activity: { ...activity, ...change } };
}
