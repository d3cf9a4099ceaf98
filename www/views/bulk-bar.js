import { bulkDismissed, sourcesToRetry } from "../state/bulk.js";
import { causeOf, filterChanged, initialFilter } from "../state/shown-sources.js";
import { MAY_BE_ACTIVE } from "../state/source.js";
import { withoutSource } from "./source-knowledge.js";
import { statusName } from "./status-name.js";
import { instantiate, partsOf, write } from "./template.js";

const TITLE = document.title;

/** Shows the progress and the failures of the latest bulk, cancels it, and repeats it where it failed. */
export function bulkBar({ store, session }) {
  const bar = document.getElementById("bulk");
  const { cancelAll, retry, dismiss, progress, outcome, causes } = partsOf(bar);
  const setAgain = document.querySelector("#selection [data-part=set]");
  let shownCauses = "";

  cancelAll.addEventListener("click", () => session.cancelMany());
  dismiss.addEventListener("click", () => {
    store.update(bulkDismissed());
    setAgain.focus();
  });
  // The user has confirmed these changes already.
  retry.addEventListener("click", () => {
    const ids = sourcesToRetry(store.state).map(({ id }) => id);
    if (ids.length > 0) session.setMany(ids, store.state.bulk.statusType);
  });

  store.watch(
    (state) => [state.bulk, state.sources],
    (bulk) => {
      bar.hidden = bulk === null;
      document.title = bulk === null ? TITLE : `${progressOf(bulk)} · ${TITLE}`;
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
      showCauses(toRetry);
      // The element with the focus may be hidden now.
      if (hadFocus && document.activeElement?.hidden)
        (isRunning ? cancelAll : retry.hidden ? setAgain : retry).focus();
    },
  );

  /** Shows a line for each cause, so that fifty failures are not fifty texts to read. */
  function showCauses(failedSources) {
    const groups = Map.groupBy(failedSources, ({ failure }) => causeOf(failure));
    const lines = [...groups].map(([cause, [first, ...others]]) => ({
      cause,
      text: `${others.length + 1} × ${causeText(first)}`,
    }));
    causes.hidden = lines.length === 0;
    const now = JSON.stringify(lines);
    if (now === shownCauses) return;
    shownCauses = now;
    causes.replaceChildren(...lines.map(lineOf));
  }

  function lineOf({ cause, text }) {
    const { root, parts } = instantiate("cause-template");
    parts.text.textContent = text;
    parts.text.title = text;
    parts.show.setAttribute("aria-label", `Show these: ${text}`);
    parts.show.addEventListener("click", () =>
      store.update(filterChanged({ ...initialFilter, kind: "failed", cause })),
    );
    return root;
  }
}

function causeText({ id, failure }) {
  if (failure.code !== "cancelled") return withoutSource(failure.message, id);
  if (!failure.mayBeApplied) return "cancelled, and not set";
  return `${failure.statusType === "IDLE" ? "" : `${MAY_BE_ACTIVE}: `}cancelled when the request had left`;
}

export function outcomeOf({ statusType, done, failed, total, state }) {
  const name = statusName(statusType);
  const failures = failed > 0 ? `, ${failed} failed` : "";
  if (state === "running") return `Setting ${name}: ${done} of ${total} answered${failures}`;
  const applied = `${name} was set on ${done - failed} of ${total}${failures}`;
  return state === "cancelled" ? `Cancelled: ${applied}` : applied;
}

/** Returns the progress for the title, of which a tab shows only the beginning. */
function progressOf({ statusType, done, failed, total, state }) {
  if (state === "running") return `${done} of ${total} ${statusType}`;
  return `${state === "cancelled" ? "Cancelled" : "Done"}: ${done - failed} of ${total}`;
}
