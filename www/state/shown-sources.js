/** The sources that are shown, and their order. */
import { ACTIVE, activityOf, isLeftActive, MAY_BE_ACTIVE } from "./source.js";

/** The kinds of sources, by which the list is filtered and counted. */
export const KINDS = {
  all: () => true,
  active: (source) => activityOf(source) === ACTIVE,
  maybe: (source) => activityOf(source) === MAY_BE_ACTIVE,
  left: isLeftActive,
  idle: (source) => activityOf(source) === "idle",
  unknown: (source) => activityOf(source) === "unknown",
  busy: ({ call }) => call !== null,
  failed: ({ failure }) => failure !== null,
};

/** Returns a key that is the same for failures with the same reason. */
export function causeOf({ code, httpStatus, mayBeApplied }) {
  return `${code} ${httpStatus ?? ""} ${mayBeApplied}`;
}

const collator = new Intl.Collator(undefined, { numeric: true });

/** The orders of the list; `added` leaves it as it is. */
export const ORDERS = {
  added: null,
  name: (a, b) => collator.compare(a.name || a.id, b.name || b.id),
  latest: (a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0),
};

export const initialFilter = Object.freeze({ text: "", kind: "all", cause: null, order: "added" });

/** @param {Partial<typeof initialFilter>} change */
export const filterChanged = (change) => (state) => ({ ...state, filter: { ...state.filter, ...change } });

let latest = {};

/** Returns the shown sources. The same state gives the same list, because several views ask in each frame. */
export function shownSources({ sources, filter }) {
  if (latest.sources !== sources || latest.filter !== filter)
    latest = { sources, filter, shown: shownOf(sources, filter) };
  return latest.shown;
}

function shownOf(sources, { text, kind, cause, order }) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const isShown = (source) => {
    if (!KINDS[kind](source) || (cause !== null && causeOf(source.failure) !== cause)) return false;
    const place = `${source.id} ${source.name}`.toLowerCase();
    return words.every((word) => place.includes(word));
  };
  const shown = sources.filter(isShown);
  return ORDERS[order] === null ? shown : shown.sort(ORDERS[order]);
}
