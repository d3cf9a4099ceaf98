import { cautionFor } from "../caution.js";
import { eachFrame } from "../pace.js";
import { sourceInspected } from "../state/page-state.js";
import { shownSources } from "../state/shown-sources.js";
import { selectionChanged, selectionExtended, sourceRenamed, sourcesRemoved } from "../state/source-list.js";
import { Placement } from "./placement.js";
import { SourceRow } from "./source-row.js";
import { write } from "./template.js";
import { spanFor } from "./timeline.js";

const TICK_MS = 500;

/** The number of rows that are drawn at first, and again whenever their end comes near. */
const ROWS_AT_ONCE = 100;

/**
 * Shows the sources, a row for each. A row renders when its source has changed, a few rows at a time and only as far
 * down as the user has scrolled. A thousand rows therefore never keep the browser from responding.
 */
export function sourceList({ store, session, confirmation, naming }) {
  const list = document.getElementById("source-list");
  const scroller = document.getElementById("list-scroller");
  const empty = document.getElementById("no-sources");
  const noneShown = document.getElementById("none-shown");
  const count = document.getElementById("source-count");
  const idsField = document.getElementById("source-ids");
  const more = document.getElementById("more-sources");
  const rows = new Map();
  const placement = new Placement(list);
  let limit = ROWS_AT_ONCE;
  let filter;
  let subject;
  let span = spanFor([], Date.now());

  const sourceOf = (id) => store.state.sources.find((source) => source.id === id);

  const actions = {
    async set(id) {
      const { statusType } = store.state;
      if (sourceOf(id).call !== null) return;
      const caution = cautionFor([sourceOf(id)], statusType);
      if (caution === null || (await confirmation.ask(caution))) session.set(id, statusType);
    },
    idle: (id) => sourceOf(id).call === null && session.set(id, "IDLE"),
    cancel: (id) => session.cancel(id),
    more: (id) => rows.get(id).toggle(),
    inspect(id) {
      store.update(sourceInspected(id));
      document.getElementById("tabs").scrollIntoView({ block: "nearest" });
    },
    async rename(id) {
      const name = await naming.ask(sourceOf(id));
      if (name !== null) store.update(sourceRenamed(id, name));
    },
    remove(id) {
      if (sourceOf(id).call !== null) return;
      const shown = shownSources(store.state);
      const index = shown.findIndex((source) => source.id === id);
      const neighbour = shown[index + 1] ?? shown[index - 1];
      store.update(sourcesRemoved([id]));
      const target = neighbour ? rows.get(neighbour.id) : idsField;
      target.focus();
    },
  };

  list.addEventListener("click", ({ target, shiftKey }) => {
    const id = target.closest(".source")?.dataset.id;
    if (id === undefined) return;
    if (target.matches("input")) pick(id, target.checked, shiftKey);
    else actions[target.closest("button")?.dataset.part]?.(id);
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || !event.target.matches("input")) return;
    const shown = shownSources(store.state);
    const { id } = event.target.closest(".source").dataset;
    const next = shown[shown.findIndex((source) => source.id === id) + step];
    if (!next) return;
    event.preventDefault();
    if (event.shiftKey) {
      if (store.state.anchor === null) pick(id, true, false);
      pick(next.id, true, true);
    }
    if (!rows.has(next.id)) showMore();
    rows.get(next.id)?.focusPick();
  });

  const pick = (id, isSelected, isRange) => {
    const isExtending = isRange && store.state.anchor !== null;
    store.update(
      isExtending
        ? selectionExtended(id, isSelected, shownSources(store.state))
        : selectionChanged(id, isSelected),
    );
  };

  const rowOf = (id) => {
    if (!rows.has(id)) rows.set(id, new SourceRow(id, subject?.organizationId));
    return rows.get(id);
  };

  function* draw() {
    const { statusType, selected, throttledUntil } = store.state;
    const all = shownSources(store.state);
    const shown = all.slice(0, limit);
    yield* placement.drop(new Set(shown.map(({ id }) => id)));
    placement.rewind();
    for (const source of shown) {
      const row = rowOf(source.id);
      const look = { statusType, isSelected: selected.has(source.id), throttledUntil, span };
      if (row.render(source, look)) yield;
      if (placement.put(row.root)) yield;
    }
    // Before the rows above it are drawn, it would be in sight and look like the end of the list.
    more.hidden = all.length <= limit;
  }
  const render = eachFrame(draw);

  // Paper does not scroll, so all rows are drawn.
  addEventListener("beforeprint", () => {
    limit = Number.POSITIVE_INFINITY;
    Array.from(draw());
  });

  const showMore = () => {
    const next = shownSources(store.state)[limit];
    const hadFocus = document.activeElement === more;
    limit += ROWS_AT_ONCE;
    more.hidden = true;
    render();
    if (hadFocus) rows.get(next.id)?.focusPick();
  };
  more.addEventListener("click", showMore);
  new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && showMore(), {
    rootMargin: "400px",
  }).observe(more);

  store.watch(
    (state) => [state.sources, state.filter, state.selected, state.statusType, state.subject],
    (sources) => {
      if (subject !== store.state.subject) {
        subject = store.state.subject;
        list.replaceChildren();
        rows.clear();
      }
      if (filter !== store.state.filter) {
        filter = store.state.filter;
        limit = ROWS_AT_ONCE;
        scroller.scrollTo(0, 0);
      }
      forget(rows, sources);
      empty.hidden = sources.length > 0;
      noneShown.hidden = sources.length === 0 || shownSources(store.state).length > 0;
      write(count, sources.length > 0 ? sources.length.toLocaleString() : "");
      render();
    },
  );

  setInterval(() => {
    if (document.hidden) return;
    const now = Date.now();
    span = spanFor(store.state.sources, now);
    for (const row of rows.values()) row.tick(store.state.throttledUntil, span, now);
  }, TICK_MS);
}

/** Removes the rows of sources that are no longer in the list. */
function forget(rows, sources) {
  if (rows.size === 0) return;
  const ids = new Set(sources.map(({ id }) => id));
  for (const [id, row] of rows) {
    if (ids.has(id)) continue;
    row.root.remove();
    rows.delete(id);
  }
}
