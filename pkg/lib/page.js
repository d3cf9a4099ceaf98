/** Calls back when the page is closed, left or frozen, where there is a page. Gives what ends that. */
export function watchPage(onEnd) {
  try {
    globalThis.addEventListener("pagehide", onEnd);
  } catch {
    return () => {};
  }
  return () => globalThis.removeEventListener("pagehide", onEnd);
}
