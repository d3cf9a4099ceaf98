/** Calls back when the page, if any, is closed, left or frozen. Returns a function that stops the watching. */
export function watchPage(onEnd) {
  const { document } = globalThis;
  try {
    globalThis.addEventListener("pagehide", onEnd);
    document?.addEventListener("freeze", onEnd);
  } catch {
    return () => {};
  }
  return () => {
    globalThis.removeEventListener("pagehide", onEnd);
    document?.removeEventListener("freeze", onEnd);
  };
}

/** The callbacks for an empty event loop. They share a listener, since Node warns of a leak at the eleventh. */
const onLoopEnds = new Set();

const endLoop = () => {
  for (const onLoopEnd of [...onLoopEnds]) onLoopEnd();
};

/**
 * Calls back when the event loop of the process, if any, is empty, so that nothing can end an activity any more.
 * Returns a function that stops the watching.
 */
export function watchLoop(onEnd) {
  const { process } = globalThis;
  try {
    if (onLoopEnds.size === 0) process.on("beforeExit", endLoop);
  } catch {
    return () => {};
  }
  onLoopEnds.add(onEnd);
  return () => {
    onLoopEnds.delete(onEnd);
    if (onLoopEnds.size === 0) process.off("beforeExit", endLoop);
  };
}
