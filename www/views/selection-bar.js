import { cautionFor, cautionForRemoval } from "../caution.js";
import { shownSources } from "../state/shown-sources.js";
import { allSelected, onlySelected, selectedSources, sourcesRemoved } from "../state/source-list.js";
import { statusName } from "./status-name.js";
import { partsOf, write } from "./template.js";

/** Selects all shown sources, and acts on all selected ones. */
export function selectionBar({ store, session, confirmation }) {
  const bar = document.getElementById("selection");
  const idsField = document.getElementById("source-ids");
  const { all, text, set, remove, shownOnly } = partsOf(bar);

  all.addEventListener("change", () => store.update(allSelected(shownSources(store.state), all.checked)));
  shownOnly.addEventListener("click", () => {
    store.update(onlySelected(shownSelected(store.state).map(({ id }) => id)));
    all.focus();
  });
  set.addEventListener("click", async () => {
    if (set.getAttribute("aria-disabled") === "true") return;
    const { statusType } = store.state;
    const asked = free(selectedSources(store.state)).map(({ id }) => id);
    const caution = cautionFor(free(selectedSources(store.state)), statusType, hiddenIds(store.state));
    if (caution !== null && !(await confirmation.ask(caution))) return;
    // While the question was open, a change may have begun, in this tab or in another one.
    const still = new Set(free(store.state.sources).map(({ id }) => id));
    const ids = asked.filter((id) => still.has(id));
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
    (sources, _filter, _selected, statusType, bulkState) => {
      const shown = shownSources(store.state);
      const chosen = selectedSources(store.state);
      const shownChosen = shownSelected(store.state).length;
      const hidden = chosen.length - shownChosen;
      bar.hidden = sources.length === 0;
      all.checked = shownChosen > 0 && shownChosen === shown.length;
      all.indeterminate = shownChosen > 0 && shownChosen < shown.length;
      write(text, textOf({ sources, shown, chosen, hidden, statusType }));
      shownOnly.hidden = hidden === 0 || shownChosen === 0;
      write(shownOnly, `Only the ${shownChosen} shown`);

      const count = free(chosen).length;
      remove.hidden = chosen.length === 0;
      set.hidden = chosen.length === 0 || statusType === null;
      set.setAttribute("aria-disabled", String(bulkState === "running" || count === 0));
      if (!set.hidden && count > 0) write(set, `Set ${statusName(statusType)} on ${count} selected`);
    },
  );
}

/** Returns the sources that have no change under way. */
function free(sources) {
  return sources.filter(({ call }) => call === null);
}

function shownSelected(state) {
  return shownSources(state).filter(({ id }) => state.selected.has(id));
}

/** Returns the ids of the selected sources that the filter hides. */
function hiddenIds(state) {
  const shown = new Set(shownSources(state).map(({ id }) => id));
  return new Set([...state.selected].filter((id) => !shown.has(id)));
}

function textOf({ sources, shown, chosen, hidden, statusType }) {
  const of =
    shown.length === sources.length ? `${sources.length}` : `${shown.length} shown of ${sources.length}`;
  if (chosen.length === 0) return `None selected of ${of}`;
  const which = hidden > 0 ? `, ${hidden} of them hidden by the filter` : ` of ${of}`;
  const todo = statusType === null ? ": choose a status above" : "";
  return `${chosen.length} selected${which}${todo}`;
}
