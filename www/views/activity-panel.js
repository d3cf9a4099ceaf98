import { statuses } from "../../pkg/dist/index.js";
import { Retrieval } from "../retrieval.js";
import { isRunning } from "../state/activity.js";
import { statusName } from "./status-name.js";
import { partsOf, write } from "./template.js";

/** Runs an activity on the inspected source, or on the first one, and shows its progress. */
export function activityPanel({ store, session }) {
  const parts = partsOf(document.getElementById("panel-activity"));
  let retrieval;

  for (const { statusType } of statuses().filter(({ statusType }) => statusType !== "IDLE"))
    parts.statusType.append(new Option(statusName(statusType), statusType));

  const subject = () => {
    const { sources, inspected } = store.state;
    return sources.find(({ id }) => id === inspected) ?? sources[0];
  };
  parts.run.addEventListener("click", () => {
    const source = subject();
    if (source.call !== null || isRunning(store.state.activity)) return;
    retrieval = new Retrieval();
    session.runActivity(source.id, parts.statusType.value, retrieval);
  });
  parts.cancel.addEventListener("click", () => session.cancelActivity());
  parts.fail.addEventListener("click", () => retrieval.fail());

  store.watch(
    ({ panel, sources, inspected, activity }) =>
      panel === "activity" ? [panel, sources, inspected, activity] : [panel],
    (panel, _sources, _inspected, activity) => {
      if (panel !== "activity") return;
      const source = subject();
      parts.form.hidden = source === undefined;
      parts.nothing.hidden = source !== undefined;
      write(parts.nothing, "Add a source to run an activity on it.");
      if (source !== undefined) {
        write(parts.name, source.name || source.id);
        parts.run.setAttribute("aria-disabled", String(source.call !== null || isRunning(activity)));
      }
      parts.latest.hidden = activity === null;
      if (activity !== null) showLatest(activity);
    },
  );

  function showLatest(activity) {
    const { sourceId, statusType, phase, done, total } = activity;
    const name = store.state.sources.find(({ id }) => id === sourceId)?.name;
    const isWorking = isRunning(activity) && phase !== "closing";
    const hadFocus = parts.actions.contains(document.activeElement);
    write(parts.latestName, name || sourceId);
    write(parts.latestStatus, statusName(statusType));
    parts.progress.max = total;
    parts.progress.value = done;
    write(parts.text, textOf(activity));
    parts.latest.dataset.how = activity.how ?? phase;
    parts.actions.hidden = !isWorking;
    parts.hint.hidden = !isWorking;
    parts.fail.hidden = phase !== "running";
    if (hadFocus && !isWorking) parts.run.focus();
  }
}

function textOf({ phase, how, message, done, total, statusType }) {
  const texts = {
    opening: `Setting ${statusName(statusType)} …`,
    running: `Retrieving: ${done} of ${total} documents`,
    closing: `Setting ${statusName("IDLE")} …`,
    completed: `${total} documents were retrieved, and IDLE was set.`,
    failed: `${message}. IDLE was set all the same.`,
    cancelled:
      done > 0
        ? `Cancelled after ${done} documents. IDLE was set all the same.`
        : "Cancelled before it began.",
    refused: `It did not begin: ${message}`,
    left: `IDLE could not be set: ${message}`,
    abandoned: "The page was left; IDLE was sent on its way out.",
  };
  return texts[how ?? phase];
}
