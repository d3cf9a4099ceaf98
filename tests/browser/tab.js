import { browser } from "./browser.js";
import { HANGS_AFTER_MS } from "./patience.js";

/** The tab that no test has at the moment. */
let spare;

/**
 * A tab on an empty page, which knows of no other test. A browser takes longer to open a tab, and a process for it, than
 * most tests take, so those of a file hand one on.
 *
 * @param {string} origin what will be shown in it; whatever that stores is removed at the end
 * @param {object} [ownContext] the options of a context, where the test is not to share its tab: one that changes the
 *   tab itself (its size, its clock, its scripts) leaves a changed tab
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

/** Ends the process that draws a page. */
export async function crash({ page }) {
  const crashed = page.waitForEvent("crash");
  // Its address is never reached.
  await page.goto("chrome://crash").catch(() => {});
  await crashed;
}
