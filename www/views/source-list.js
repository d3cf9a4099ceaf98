import { cautionFor } from "../caution.js";
import { sourceRemoved } from "../state/page-state.js";
import { SourceRow } from "./source-row.js";

const TICK_MS = 500;

/** The sources, a row for each. A row is rendered when its own source has changed, so that a thousand cost little. */
export function sourceList({ store, session, confirmation }) {
  const list = document.getElementById("source-list");
  const empty = document.getElementById("no-sources");
  const count = document.getElementById("source-count");
  const idsField = document.getElementById("source-ids");
  const rows = new Map();
  let organizationId;
  let timer;

  const set = async (id) => {
    const { statusType, sources } = store.state;
    const caution = cautionFor(
      sources.filter((source) => source.id === id),
      statusType,
    );
    if (caution === null || (await confirmation.ask(caution))) session.set(id, statusType);
  };

  const remove = (id) => {
    const { sources } = store.state;
    const index = sources.findIndex((source) => source.id === id);
    const neighbour = sources[index + 1] ?? sources[index - 1];
    store.update(sourceRemoved(id));
    const target = neighbour ? rows.get(neighbour.id) : idsField;
    target.focus();
  };

  const rowOf = (id) => {
    const known = rows.get(id);
    if (known) return known;
    const row = new SourceRow(id, organizationId, {
      onSet: () => set(id),
      onCancel: () => session.cancel(id),
      onRemove: () => remove(id),
    });
    rows.set(id, row);
    return row;
  };

  const tick = () => {
    for (const row of rows.values()) if (row.isBusy) row.tick(store.state.throttledUntil);
  };

  const keepTime = () => {
    const isBusy = [...rows.values()].some((row) => row.isBusy);
    if (isBusy) timer ??= setInterval(tick, TICK_MS);
    else timer = clearInterval(timer);
  };

  store.watch(
    (state) => [state.sources, state.statusType, state.throttledUntil, state.subject],
    (sources, statusType, throttledUntil) => {
      const current = store.state.connection?.organizationId ?? organizationId;
      if (current !== organizationId) {
        organizationId = current;
        dropAll(rows);
      }
      dropMissing(rows, sources);
      for (const source of sources) rowOf(source.id).render(source, { statusType, throttledUntil });
      place(
        list,
        sources.map(({ id }) => rows.get(id).root),
      );
      empty.hidden = sources.length > 0;
      count.textContent = sources.length > 0 ? sources.length : "";
      keepTime();
    },
  );
}

function dropAll(rows) {
  for (const row of rows.values()) row.root.remove();
  rows.clear();
}

function dropMissing(rows, sources) {
  if (rows.size === 0) return;
  const ids = new Set(sources.map(({ id }) => id));
  for (const [id, row] of rows) {
    if (ids.has(id)) continue;
    row.root.remove();
    rows.delete(id);
  }
}

/** Moves no element that stands where it belongs: moving one drops its focus. */
function place(list, elements) {
  let next = list.firstElementChild;
  for (const element of elements) {
    if (element === next) next = next.nextElementSibling;
    else list.insertBefore(element, next);
  }
}
