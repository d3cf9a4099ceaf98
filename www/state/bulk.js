/** The latest change of many sources: `{ statusType, ids, done, failed, total, state }`, `null` before the first one. */
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
 * @param {"complete" | "cancelled"} how
 * @param {Set<string>} [open] the ids that were not answered for, and what becomes of each
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

/** The sources that it failed for, or was cancelled for, and that nothing was done to since. */
export function sourcesToRetry({ bulk, sources }) {
  if (bulk === null || bulk.state === "running") return [];
  return sources.filter(
    ({ id, call, failure }) =>
      bulk.ids.has(id) && call === null && failure !== null && failure.statusType === bulk.statusType,
  );
}
