/** The list of sources, and its selection. */
import { unknownSource } from "./source.js";
import { withUndo } from "./undo.js";

/** @param {{ id: string, name: string }[]} entries new sources, and known ones with another name */
export const sourcesAdded = (entries) => (state) => {
  const byId = new Map(state.sources.map((source) => [source.id, source]));
  for (const { id, name } of entries) {
    const known = byId.get(id);
    if (!known) byId.set(id, unknownSource({ id, name }));
    else if (name !== "" && name !== known.name) byId.set(id, { ...known, name });
  }
  const ids = entries.map(({ id }) => id);
  return withUndo(state, { ...state, sources: [...byId.values()] }, "added", ids);
};

export const sourceRenamed = (id, name) => (state) =>
  withSource(state, id, (source) => ({ ...source, name }));

/** Removes sources from the list. A source with a change under way stays. */
export const sourcesRemoved = (ids) => (state) => {
  const removed = new Set(ids);
  const sources = state.sources.filter(({ id, call }) => call !== null || !removed.has(id));
  const remaining = new Set(sources.map(({ id }) => id));
  const changed = {
    ...state,
    sources,
    selected: new Set([...state.selected].filter((id) => remaining.has(id))),
    inspected: remaining.has(state.inspected) ? state.inspected : null,
  };
  return withUndo(state, changed, "removed", []);
};

/**
 * Replaces the list by the one that was kept, or by that of another tab. What this tab knows of a source stays, unless
 * the other list has something later. A source with a change under way stays too, and so does, with `keepsOwn`, a
 * source that the other list lacks.
 */
export const sourcesReplaced =
  (sources, { keepsOwn = false } = {}) =>
  (state) => {
    const ours = new Map(state.sources.map((source) => [source.id, source]));
    const replaced = sources.map((theirs) => {
      const own = ours.get(theirs.id);
      ours.delete(theirs.id);
      if (!own) return theirs;
      if (own.call === null && theirs.heardAt > own.heardAt) return { ...theirs, entry: own.entry };
      return { ...own, name: theirs.name };
    });
    const all = [...replaced, ...[...ours.values()].filter(({ call }) => keepsOwn || call !== null)];
    const remaining = new Set(all.map(({ id }) => id));
    return {
      ...state,
      sources: all,
      selected: new Set([...state.selected].filter((id) => remaining.has(id))),
    };
  };

/**
 * Records the journal's entries of the sources.
 *
 * @param {(sourceId: string) => object | null} entryOf
 * @param {Set<string>} [ids] the sources to look at; all by default
 */
export const entriesSeen = (entryOf, ids) => (state) => {
  let isChanged = false;
  const sources = state.sources.map((source) => {
    if (ids?.has(source.id) === false) return source;
    const entry = entryOf(source.id);
    const { entry: before } = source;
    if (before?.at === entry?.at && before?.statusType === entry?.statusType && before?.by === entry?.by)
      return source;
    isChanged = true;
    return { ...source, entry };
  });
  return isChanged ? { ...state, sources } : state;
};

/** Selects or deselects one source. The next range begins there. */
export const selectionChanged = (id, isSelected) => (state) => ({
  ...state,
  selected: withIds(state.selected, [id], isSelected),
  anchor: id,
});

/** Selects or deselects all sources from the previous one to this one, in the order in which they are shown. */
export const selectionExtended = (id, isSelected, shown) => (state) => {
  const ids = shown.map((source) => source.id);
  const [from, to] = [ids.indexOf(state.anchor), ids.indexOf(id)].sort((a, b) => a - b);
  const range = from < 0 ? [id] : ids.slice(from, to + 1);
  return { ...state, selected: withIds(state.selected, range, isSelected), anchor: id };
};

export const allSelected = (shown, isSelected) => (state) => ({
  ...state,
  selected: withIds(
    state.selected,
    shown.map(({ id }) => id),
    isSelected,
  ),
});

export const onlySelected = (ids) => (state) => ({ ...state, selected: new Set(ids) });

export function selectedSources({ sources, selected }) {
  return selected.size === 0 ? [] : sources.filter(({ id }) => selected.has(id));
}

/** Changes one source. An id that is no longer in the list changes nothing. */
export function withSource(state, id, change) {
  const index = state.sources.findIndex((source) => source.id === id);
  if (index < 0) return state;
  const changed = change(state.sources[index]);
  return changed === state.sources[index] ? state : { ...state, sources: state.sources.with(index, changed) };
}

function withIds(selected, ids, isSelected) {
  const result = new Set(selected);
  for (const id of ids) {
    if (isSelected) result.add(id);
    else result.delete(id);
  }
  return result;
}
