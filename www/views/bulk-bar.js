import { bulkDismissed, sourcesToRetry } from "../state/bulk.js";
import { statusName } from "./status-name.js";
import { partsOf, write } from "./template.js";

/** How far the latest change of many sources has come; takes it back, and tries again where it failed. */
export function bulkBar({ store, session }) {
  const bar = document.getElementById("bulk");
  const { cancelAll, retry, dismiss, progress, outcome } = partsOf(bar);
  const setAgain = document.querySelector("#selection [data-part=set]");

  cancelAll.addEventListener("click", () => session.cancelMany());
  dismiss.addEventListener("click", () => {
    store.update(bulkDismissed());
    setAgain.focus();
  });
  // What was asked and answered once is not asked again.
  retry.addEventListener("click", () => {
    const ids = sourcesToRetry(store.state).map(({ id }) => id);
    if (ids.length > 0) session.setMany(ids, store.state.bulk.statusType);
  });

  store.watch(
    (state) => [state.bulk, state.sources],
    (bulk) => {
      bar.hidden = bulk === null;
      if (bulk === null) return;
      const isRunning = bulk.state === "running";
      const toRetry = sourcesToRetry(store.state);
      const hadFocus = bar.contains(document.activeElement);
      bar.dataset.tone = isRunning ? "running" : toRetry.length > 0 ? "failed" : "done";
      progress.hidden = !isRunning;
      cancelAll.hidden = !isRunning;
      retry.hidden = toRetry.length === 0;
      dismiss.hidden = isRunning;
      progress.max = bulk.total;
      progress.value = bulk.done;
      write(outcome, outcomeOf(bulk));
      const rest = bulk.state === "cancelled" ? "Set it on the remaining" : "Retry the failed";
      write(retry, `${rest} ${toRetry.length}`);
      // What had the focus may be gone now.
      if (hadFocus && document.activeElement?.hidden)
        (isRunning ? cancelAll : retry.hidden ? setAgain : retry).focus();
    },
  );
}

function outcomeOf({ statusType, done, failed, total, state }) {
  const name = statusName(statusType);
  const failures = failed > 0 ? `, ${failed} failed` : "";
  if (state === "running") return `Setting ${name}: ${done} of ${total} answered${failures}`;
  const applied = `${name} was set on ${done - failed} of ${total}${failures}`;
  return state === "cancelled" ? `Cancelled: ${applied}` : applied;
}
