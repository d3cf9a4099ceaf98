import puppeteer from "puppeteer-core";
import { pathOf } from "../../../scripts/command.js";
import { firefox } from "../../../scripts/toolchain/firefox.js";
import { firefoxPreferences } from "../../everywhere/browsers/firefox.js";

/**
 * Firefox, driven by WebDriver BiDi.
 *
 * @returns {Promise<import("./engine.js").Engine>}
 */
export async function openFirefox() {
  const { command } = await firefox();
  const browser = await puppeteer.launch({
    browser: "firefox",
    // The driver requires a path.
    executablePath: pathOf(command[0]),
    extraPrefsFirefox: firefoxPreferences,
  });
  return {
    async open() {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.setViewport({ width: 1280, height: 900 });
      // The admin page asks for confirmation when it is left with work under way.
      page.on("dialog", (dialog) => dialog.accept());
      return {
        goto: (url) => page.goto(url),
        evaluate: (run, argument) => page.evaluate(run, argument),
        find: async (find, argument) => (await page.evaluateHandle(find, argument)).asElement(),
        reload: () => page.reload(),
        close: () => page.close(),
      };
    },
    close: () => browser.close(),
  };
}
