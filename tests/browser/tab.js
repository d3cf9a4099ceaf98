import { browser } from "./browser.js";
import { HANGS_AFTER_MS } from "./patience.js";

/** A tab that no test uses at the moment. */
let spare;

/**
 * Takes a tab on an empty page, isolated from other tests. Opening a tab and its process takes longer than most tests,
 * so the tests of a file share one.
 *
 * @param {string} origin the origin that will be shown, whose storage is cleared at the end
 * @param {object} [ownContext] the options of a context for a test that must not share its tab, because it changes the
 *   tab itself (its size, its clock, its scripts)
 * @returns {Promise<{ page: import("playwright-core").Page, giveBack(): Promise<void> }>}
 */
export async function takeTab(origin, ownContext) {
  const isShared = ownContext === undefined;
  const tab = (isShared && spare) || (await openTab(ownContext));
  if (tab === spare) spare = undefined;
  const { page, devtools } = tab;
  return {
    page,
    async giveBack() {
      if (!isShared || spare || page.isClosed()) return page.context().close();
      await page.goto("about:blank");
      for (const other of page.context().pages()) if (other !== page) await other.close();
      await devtools.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
      await page.removeAllListeners();
      spare = tab;
    },
  };
}

async function openTab(options) {
  const context = await (await browser()).newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(HANGS_AFTER_MS);
  return { page, devtools: await context.newCDPSession(page) };
}

/** Crashes the process that draws a page. */
export async function crash({ page }) {
  const crashed = page.waitForEvent("crash");
  // The address never loads.
  await page.goto("chrome://crash").catch(() => {});
  await crashed;
}
