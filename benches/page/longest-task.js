/**
 * The most time of the processor that one task of the page took while something was done, in milliseconds. The time on
 * the clock would count what other programs did in between.
 */
export async function longestTask(page, action) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories: ["toplevel"] });
  await action();
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const mainThreads = traceEvents.filter(({ args }) => args?.name === "CrRendererMain");
  const isPages = ({ pid, tid }) => mainThreads.some((thread) => thread.pid === pid && thread.tid === tid);
  // One that had not ended when the tracing did has no duration.
  const durations = traceEvents
    .filter((event) => event.name.endsWith("RunTask") && isPages(event) && Number.isFinite(event.tdur))
    .map(({ tdur }) => tdur);
  if (durations.length === 0) throw new Error("nothing was traced");
  return durations.reduce((longest, duration) => Math.max(longest, duration)) / 1000;
}
