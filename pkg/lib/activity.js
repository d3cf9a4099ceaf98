/** Where an activity is collected that was never ended, its client is told, if the host tells such things. */
const forgotten =
  typeof FinalizationRegistry === "undefined"
    ? undefined
    : new FinalizationRegistry(({ core, id }) => core.forgetActivity(id));

/** The object of an activity that was started: plain, so that nothing of the WebAssembly module can leak through it. */
export function activity(core, { id, sourceId, statusType, signal, ended }) {
  const end = () => {
    // Whoever holds this function alone can still end the activity, and so holds its object.
    forgotten?.unregister(started);
    core.endActivity(id);
    return ended;
  };
  const started = { sourceId, statusType, signal, end };
  // Older hosts have no such symbols, and no syntax that would look for them.
  if (Symbol.asyncDispose) started[Symbol.asyncDispose] = end;
  if (Symbol.dispose) {
    started[Symbol.dispose] = () => {
      end();
      throw new TypeError("an activity ends with a promise: use await using");
    };
  }
  forgotten?.register(started, { core, id }, started);
  return started;
}
