/** Calls a function of somebody's of which nothing is wanted: what it throws changes nothing, now or later. */
export async function quietly(action) {
  try {
    await action();
  } catch {
    // Not ours to tell.
  }
}

/** What a function of the host gives, or nothing: somebody may have replaced it by one that throws. */
export function attempted(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** Lets the tasks of the host that wait have their turn. Not by a timer: a test may have stopped those. */
export function nextTask() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** The wall clock. Somebody may have replaced it. */
export const date = () => Date.now();
