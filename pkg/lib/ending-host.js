/** Watches for the end of the page or of the process. Their functions may come from a test, which takes them away again. */
import { attempted } from "./foreign.js";

/** Calls back when the page, if any, is closed, left or frozen. Returns a function that stops the watching. */
export function watchPage(onEnd) {
  const { document } = globalThis;
  attempted(() => globalThis.addEventListener("pagehide", onEnd));
  attempted(() => document.addEventListener("freeze", onEnd));
  return () => {
    attempted(() => globalThis.removeEventListener("pagehide", onEnd));
    attempted(() => document.removeEventListener("freeze", onEnd));
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
  if (onLoopEnds.size === 0) attempted(() => process.on("beforeExit", endLoop));
  onLoopEnds.add(onEnd);
  return () => {
    onLoopEnds.delete(onEnd);
    if (onLoopEnds.size === 0) attempted(() => process.off("beforeExit", endLoop));
  };
}
