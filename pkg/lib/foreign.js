/** Calls a foreign function whose result is not needed. Whatever it throws or rejects with is ignored. */
export async function quietly(action) {
  try {
    await action();
  } catch {
    // Errors of foreign code are not this package's to report.
  }
}

/** Returns the result of a host function, or `undefined` if it throws: somebody may have replaced it. */
export function attempted(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** Lets the host run its waiting tasks. It uses no timer, since a test may have stopped those. */
export function nextTask() {
  return new Promise((resolve) => {
    try {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    } catch {
      // In jsdom, for example, there are no channels, and so no pause.
      resolve();
    }
  });
}

/** Returns the time of the monotonic clock. */
export const hostTime = () => performance.now();

/** Returns the time of the wall clock. `Date` is looked up at each call, since a test may replace it. */
export const date = () => Date.now();
