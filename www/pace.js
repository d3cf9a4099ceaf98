/** So long, and no longer, may work keep the browser from answering to its user. */
const SLICE_MS = 8;

/** Goes through a list and lets the browser draw and answer in between. */
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
 * Work that is done bit by bit, some in each frame, until nothing is left of it.
 *
 * @param {() => Iterable<unknown>} work begun anew in each frame; each step of it is one that still had to be done
 * @returns {() => void} what says that there is work
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
