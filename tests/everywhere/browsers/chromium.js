import { chromium as program } from "../../../scripts/toolchain/chromium.js";
import { launchChromium } from "../../../scripts/toolchain/launched-chromium.js";

/** Chromium. It is started once, and each page has its own profile. */
export class Chromium {
  #browser;

  static async launch() {
    const chromium = new Chromium();
    chromium.#browser = await launchChromium(await program());
    return chromium;
  }

  get version() {
    return this.#browser.version();
  }

  async open(url) {
    const output = [];
    const context = await this.#browser.newContext();
    const page = await context.newPage();
    page.on("console", (message) => output.push(message.text()));
    page.on("pageerror", (error) => output.push(String(error)));
    await page.goto(url, { waitUntil: "commit" });
    return { output, close: () => context.close() };
  }

  close() {
    return this.#browser.close();
  }
}
