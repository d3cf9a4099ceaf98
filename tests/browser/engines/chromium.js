import { chromium } from "../../../scripts/toolchain/chromium.js";
import { launchChromium } from "../../../scripts/toolchain/launched-chromium.js";

/** @returns {Promise<import("./engine.js").Engine>} */
export async function openChromium() {
  const browser = await launchChromium(await chromium());
  return {
    async open() {
      const context = await browser.newContext();
      const page = await context.newPage();
      return {
        goto: (url) => page.goto(url),
        evaluate: (run, argument) => page.evaluate(run, argument),
        find: async (find, argument) => (await page.evaluateHandle(find, argument)).asElement(),
        reload: () => page.reload(),
        close: () => page.close({ runBeforeUnload: true }),
      };
    },
    close: () => browser.close(),
  };
}
