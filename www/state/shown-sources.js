/** Which of the sources are shown, and in which order. */
import { isActiveHere, isLeftActive } from "./source.js";

/** What the list can be narrowed to. */
export const KINDS = {
  all: () => true,
  active: isActiveHere,
  left: isLeftActive,
  idle: ({ last }) => last?.statusType === "IDLE",
  unknown: ({ last }) => last === null,
  busy: ({ call }) => call !== null,
  failed: ({ failure }) => failure !== null,
};

const collator = new Intl.Collator(undefined, { numeric: true });

/** What the list can be sorted by; `added` is the order that it has. */
export const ORDERS = {
  added: null,
  name: (a, b) => collator.compare(a.name || a.id, b.name || b.id),
  latest: (a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0),
};

export const initialFilter = Object.freeze({ text: "", kind: "all", order: "added" });

/** @param {Partial<typeof initialFilter>} change */
export const filterChanged = (change) => (state) => ({ ...state, filter: { ...state.filter, ...change } });

let latest = {};

/** The shown sources. The same list for the same state: several views ask for each frame. */
export function shownSources({ sources, filter }) {
  if (latest.sources !== sources || latest.filter !== filter)
    latest = { sources, filter, shown: shownOf(sources, filter) };
  return latest.shown;
}

function shownOf(sources, { text, kind, order }) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const isShown = (source) => {
    const place = `${source.id} ${source.name}`.toLowerCase();
    return KINDS[kind](source) && words.every((word) => place.includes(word));
  };
  const shown = sources.filter(isShown);
  return ORDERS[order] === null ? shown : shown.sort(ORDERS[order]);
}
