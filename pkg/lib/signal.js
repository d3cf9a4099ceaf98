/** The watched signals. Each has a single listener for all its calls, since Node warns of a leak at the eleventh. */
const watched = new WeakMap();

/** Calls back when a signal is aborted. Returns a function that stops the watching. */
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
      // The signal may be the user's own implementation, and its callbacks are gone already.
    }
  };
}

/** Returns the reason why a signal was aborted. Older hosts do not provide one. */
export function reasonOf(signal) {
  try {
    const { reason } = signal;
    return reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason;
  } catch (thrown) {
    return thrown;
  }
}
