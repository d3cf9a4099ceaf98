import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium as driver } from "playwright-core";
import { chromium as program } from "../../../scripts/toolchain/chromium.js";

// As root in a container, and without anything that talks to the browser's maker.
const args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"];

/** Chromium, started once; each page has a profile of its own. */
export class Chromium {
  #browser;

  static async launch() {
    const chromium = new Chromium();
    chromium.#browser = await driver.launch({ executablePath: pathOf(await program()), args });
    return chromium;
  }

  get version() {
    return this.#browser.version();
  }

  async open(url) {
    const said = [];
    const context = await this.#browser.newContext();
    const page = await context.newPage();
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(String(error)));
    await page.goto(url, { waitUntil: "commit" });
    return { said, close: () => context.close() };
  }

  close() {
    return this.#browser.close();
  }
}

/** The driver wants a path, where a shell would look the name up. */
function pathOf(name) {
  const paths = process.env.PATH.split(delimiter).map((folder) => join(folder, name));
  return name.includes("/") ? name : paths.find((path) => existsSync(path));
}
