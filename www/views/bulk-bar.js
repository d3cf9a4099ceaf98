import { cautionFor } from "../caution.js";
import { statusName } from "./status-name.js";
import { partsOf, write } from "./template.js";

/** Sets the chosen status on all sources at once, shows how far that has come, and takes it back. */
export function bulkBar({ store, session, confirmation }) {
  const { setAll, cancelAll, hint, progress, outcome } = partsOf(document.getElementById("bulk"));

  setAll.addEventListener("click", async () => {
    if (setAll.getAttribute("aria-disabled") === "true") return;
    const { statusType } = store.state;
    const sources = free(store.state.sources);
    const caution = cautionFor(sources, statusType);
    if (caution !== null && !(await confirmation.ask(caution))) return;
    // While the question stood, a change may have been begun.
    const ids = free(store.state.sources).map(({ id }) => id);
    if (ids.length > 0) session.setMany(ids, statusType);
  });
  cancelAll.addEventListener("click", () => session.cancelMany());

  store.watch(
    (state) => [state.sources, state.statusType, state.bulk],
    (sources, statusType, bulk) => {
      const isRunning = bulk?.state === "running";
      const count = free(sources).length;
      hint.hidden = sources.length === 0 || statusType !== null;
      setAll.hidden = sources.length < 2 || statusType === null;
      setAll.setAttribute("aria-disabled", String(isRunning || count === 0));
      if (statusType !== null && !isRunning) {
        const which = count === sources.length ? "all" : "the other";
        write(setAll, `Set ${statusName(statusType)} on ${which} ${count}`);
      }

      const hadFocus = document.activeElement === cancelAll;
      cancelAll.hidden = !isRunning;
      if (hadFocus && !isRunning) setAll.focus();

      progress.hidden = !isRunning;
      outcome.hidden = bulk === null;
      if (bulk === null) return;
      progress.max = bulk.total;
      progress.value = bulk.done;
      write(outcome, outcomeOf(bulk));
    },
  );
}

/** The sources that no change is under way for. */
function free(sources) {
  return sources.filter(({ call }) => call === null);
}

function outcomeOf({ statusType, done, failed, total, state }) {
  const name = statusName(statusType);
  const failures = failed > 0 ? `, ${failed} failed` : "";
  if (state === "running") return `Setting ${name}: ${done} of ${total} answered${failures}`;
  const applied = `${name} was set on ${done - failed} of ${total}${failures}`;
  return state === "cancelled" ? `Cancelled: ${applied}` : applied;
}
