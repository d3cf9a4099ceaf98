/** Calls back when the page, if any, is closed, left or frozen. Returns a function that stops the watching. */
export function watchPage(onEnd) {
  try {
    globalThis.addEventListener("pagehide", onEnd);
  } catch {
    return () => {};
  }
  return () => globalThis.removeEventListener("pagehide", onEnd);
}
