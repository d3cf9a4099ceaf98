/** The latest bulk: `{ statusType, ids, done, failed, total, state }`; `null` before the first one. */
import { changeAsked } from "./source.js";

export const bulkBegun = (ids, statusType) => (state) => {
  const chosen = new Set(ids);
  const sources = state.sources.map((source) =>
    chosen.has(source.id) ? changeAsked(source, statusType, { isBulk: true }) : source,
  );
  const bulk = { statusType, ids: chosen, total: chosen.size, done: 0, failed: 0, state: "running" };
  return { ...state, sources, bulk };
};

export const bulkAdvanced =
  ({ done, failed }) =>
  (state) => ({ ...state, bulk: { ...state.bulk, done, failed } });

/**
 * Records the end of the bulk. `change` is applied to the sources in `open`.
 *
 * @param {"complete" | "cancelled"} how
 * @param {Set<string>} [open] the ids of the sources without an answer
 */
export const bulkEnded =
  (how, open = new Set(), change = (source) => source) =>
  (state) => ({
    ...state,
    sources:
      open.size === 0
        ? state.sources
        : state.sources.map((source) => (open.has(source.id) ? change(source) : source)),
    bulk: { ...state.bulk, state: how },
  });

export const bulkDismissed = () => (state) => ({ ...state, bulk: null });

/** Returns the sources for which the bulk failed or was cancelled, and which nothing has changed since. */
export function sourcesToRetry({ bulk, sources }) {
  if (bulk === null || bulk.state === "running") return [];
  return sources.filter(
    ({ id, call, failure }) =>
      bulk.ids.has(id) && call === null && failure !== null && failure.statusType === bulk.statusType,
  );
}
