/** The one listener on each signal, however many calls it can take back: Node warns of a leak at the eleventh. */
const watched = new WeakMap();

/** Calls back when a signal is aborted. Gives what ends that. */
export function watch(signal, onAbort) {
  let { callbacks, listener } = watched.get(signal) ?? {};
  if (!callbacks) {
    callbacks = new Set();
    listener = () => {
      for (const callback of [...callbacks]) callback();
    };
    signal.addEventListener("abort", listener);
    watched.set(signal, { callbacks, listener });
  }
  callbacks.add(onAbort);
  return () => {
    callbacks.delete(onAbort);
    if (callbacks.size > 0 || watched.get(signal)?.callbacks !== callbacks) return;
    watched.delete(signal);
    try {
      signal.removeEventListener("abort", listener);
    } catch {
      // It is a stranger's, and nothing hears of it any more.
    }
  };
}

/** Why a signal was aborted. Older ones do not say. */
export function reasonOf(signal) {
  try {
    const { reason } = signal;
    return reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason;
  } catch (thrown) {
    return thrown;
  }
}
