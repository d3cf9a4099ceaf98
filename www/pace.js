/** The longest time for which work may keep the browser from responding to the user. */
const SLICE_MS = 8;

/** Visits each item of a list, and lets the browser draw and respond in between. */
export async function inSlices(items, visit) {
  let end = performance.now() + SLICE_MS;
  for (const item of items) {
    visit(item);
    if (performance.now() < end) continue;
    await new Promise((settle) => setTimeout(settle, 0));
    end = performance.now() + SLICE_MS;
  }
}

/**
 * Returns a function that runs work in pieces, some in each frame, until none is left.
 *
 * @param {() => Iterable<unknown>} work begun anew in each frame; each of its steps is one that was still to be done
 * @returns {() => void} a function to call whenever there is work
 */
export function eachFrame(work) {
  let isScheduled = false;
  const look = () => {
    isScheduled = false;
    const end = performance.now() + SLICE_MS;
    for (const _ of work()) {
      if (performance.now() < end) continue;
      isScheduled = true;
      requestAnimationFrame(look);
      return;
    }
  };
  return () => {
    if (isScheduled) return;
    look();
  };
}
