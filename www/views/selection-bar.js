import { cautionFor, cautionForRemoval } from "../caution.js";
import { shownSources } from "../state/shown-sources.js";
import { allSelected, selectedSources, sourcesRemoved } from "../state/source-list.js";
import { statusName } from "./status-name.js";
import { partsOf, write } from "./template.js";

/** Selects all that are shown, and does with all selected sources what can be done with many. */
export function selectionBar({ store, session, confirmation }) {
  const bar = document.getElementById("selection");
  const idsField = document.getElementById("source-ids");
  const { all, text, set, remove } = partsOf(bar);

  all.addEventListener("change", () => store.update(allSelected(shownSources(store.state), all.checked)));
  set.addEventListener("click", async () => {
    if (set.getAttribute("aria-disabled") === "true") return;
    const { statusType } = store.state;
    const caution = cautionFor(free(selectedSources(store.state)), statusType);
    if (caution !== null && !(await confirmation.ask(caution))) return;
    // While the question stood, a change may have been begun.
    const ids = free(selectedSources(store.state)).map(({ id }) => id);
    if (ids.length > 0 && store.state.bulk?.state !== "running") session.setMany(ids, statusType);
  });
  remove.addEventListener("click", async () => {
    const sources = free(selectedSources(store.state));
    if (!(await confirmation.ask(cautionForRemoval(sources)))) return;
    store.update(sourcesRemoved(sources.map(({ id }) => id)));
    if (store.state.sources.length > 0) all.focus();
    else idsField.focus();
  });

  store.watch(
    (state) => [state.sources, state.filter, state.selected, state.statusType, state.bulk?.state],
    (sources, _filter, selected, statusType, bulkState) => {
      const shown = shownSources(store.state);
      const chosen = selectedSources(store.state);
      const shownChosen = shown.filter(({ id }) => selected.has(id)).length;
      bar.hidden = sources.length === 0;
      all.checked = shownChosen > 0 && shownChosen === shown.length;
      all.indeterminate = shownChosen > 0 && shownChosen < shown.length;
      write(text, textOf({ sources, shown, chosen, statusType }));

      const count = free(chosen).length;
      remove.hidden = chosen.length === 0;
      set.hidden = chosen.length === 0 || statusType === null;
      set.setAttribute("aria-disabled", String(bulkState === "running" || count === 0));
      if (!set.hidden && count > 0) write(set, `Set ${statusName(statusType)} on ${count} selected`);
    },
  );
}

/** The sources that no change is under way for. */
function free(sources) {
  return sources.filter(({ call }) => call === null);
}

function textOf({ sources, shown, chosen, statusType }) {
  const of =
    shown.length === sources.length ? `${sources.length}` : `${shown.length} shown of ${sources.length}`;
  if (chosen.length === 0) return `None selected of ${of}`;
  const todo = statusType === null ? ": choose a status above" : "";
  return `${chosen.length} selected of ${of}${todo}`;
}
