/**
 * Undoes the latest addition or removal. The state's `undo` is `{ what, sources, ids }`, or `null` where there is
 * nothing to undo.
 */
export const undone = () => (state) => {
  const { undo } = state;
  if (undo === null) return state;
  const now = new Map(state.sources.map((source) => [source.id, source]));
  const before = new Set(undo.sources.map(({ id }) => id));
  // Later changes to a source are kept, and so are sources added later and those with a change under way.
  const restored = undo.sources.map((source) =>
    now.has(source.id) ? { ...now.get(source.id), name: source.name } : source,
  );
  const since = state.sources.filter(
    ({ id, call }) => !before.has(id) && (call !== null || !undo.ids.has(id)),
  );
  const sources = [...restored, ...since];
  const ids = new Set(sources.map(({ id }) => id));
  return {
    ...state,
    sources,
    selected: new Set([...state.selected].filter((id) => ids.has(id))),
    undo: null,
  };
};

/** Remembers the list before a change, for one step back. */
export const withUndo = (state, changed, what, ids) => ({
  ...changed,
  undo: { what, sources: state.sources, ids: new Set(ids) },
});
