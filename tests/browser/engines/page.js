import { startEmulator } from "push-source-status/emulator";
import { serveAdminPage } from "../../../scripts/page/admin-page.js";
import { ORGANIZATION } from "../admin-page.js";
import { until } from "../patience.js";

/**
 * Finds a control in the page by its visible text, and returns it once it no longer moves. A driver clicks at the
 * position that it has found, even if another element has taken that place.
 */
function findControl({ name, row, tag }) {
  const place = row
    ? [...document.querySelectorAll(".source")].find(({ dataset }) => dataset.id === row)
    : document;
  const textOf = ({ labels, textContent }) => (labels?.[0] ?? { textContent }).textContent.trim();
  const control = [...(place?.querySelectorAll(tag) ?? [])].find(
    (element) => textOf(element).startsWith(name) && element.getClientRects().length > 0,
  );
  const before = window.lastPlace;
  window.lastPlace = control && JSON.stringify(control.getBoundingClientRect());
  return control && window.lastPlace === before ? control : null;
}

/** Returns whether the box or the radio button with this label is checked. */
function isChecked({ name, tag }) {
  return [...document.querySelectorAll(tag)].some(
    ({ labels, checked }) => labels?.[0]?.textContent.trim().startsWith(name) && checked,
  );
}

/** The admin page in a tab of some engine, with the actions of a user. It may be connected to an emulator. */
export class EnginePage {
  #tab;

  constructor(emulator, tab) {
    this.emulator = emulator;
    this.#tab = tab;
  }

  /**
   * @param {import("./engine.js").Engine} engine
   * @param {import("node:test").TestContext} t
   * @param {{ emulator?: object, isConnected?: boolean }} [options]
   */
  static async open(engine, t, { emulator: emulatorOptions, isConnected = true } = {}) {
    const tab = await engine.tab();
    // The page of an earlier test sends its last requests before a new emulator listens.
    await tab.goto("about:blank");
    const emulator = await startEmulator({ control: true, ...emulatorOptions });
    const server = await serveAdminPage();
    t.after(async () => {
      server.close();
      await emulator.close();
    });
    const address = new URLSearchParams({ emulator: emulator.endpoint, organization: ORGANIZATION });
    // The system may give out the port of an earlier test again, and with it what the page has stored there.
    await tab.goto(`${server.url}/www/icon.svg`);
    await tab.evaluate(() => localStorage.clear());
    await tab.goto(`${server.url}/www/${isConnected ? `#${address}` : ""}`);
    return new EnginePage(emulator, tab);
  }

  get calls() {
    return this.emulator.requests.filter(({ method }) => method === "POST");
  }

  async press(name, row) {
    await (await this.#control({ name, row, tag: "button" })).click();
  }

  async type(label, text) {
    await (await this.#control({ name: label, tag: "input, textarea" })).type(text);
  }

  async check(label) {
    const wanted = { name: label, tag: "input" };
    // The page may move the control in the instant of the click. A person would click again.
    await until(`${label} is checked`, async () => {
      if (await this.#tab.evaluate(isChecked, wanted)) return true;
      await (await this.#control(wanted)).click();
      return this.#tab.evaluate(isChecked, wanted);
    });
  }

  async choose(statusType) {
    await this.check(statusType);
  }

  async select(id, value) {
    await this.#tab.evaluate(
      ([id, value]) => {
        const control = document.getElementById(id);
        control.value = value;
        control.dispatchEvent(new Event("input", { bubbles: true }));
        control.dispatchEvent(new Event("change", { bubbles: true }));
      },
      [id, value],
    );
  }

  /** Puts ids into the field at once, as pasting does and typing does not. */
  async add(...ids) {
    await this.select("source-ids", ids.join("\n"));
    await this.press("Add");
    await this.reads("#source-ids-note", `${ids.length} added`);
    // The list is drawn a frame after the note, and moves the elements below it.
    await this.reads(".source", ids[0]);
  }

  /** Returns the status that the page shows as chosen. */
  chosen() {
    return this.#tab.evaluate(() => document.querySelector("#status-choices input:checked")?.value ?? null);
  }

  reload() {
    return this.#tab.reload();
  }

  /** Resolves when a place of the page contains this text. */
  async reads(selector, text) {
    const isRead = ([selector, text]) => {
      const place = document.querySelector(selector);
      // A row out of sight has no layout, and so no text.
      place?.scrollIntoView({ block: "nearest" });
      return place?.innerText.includes(text) === true;
    };
    await until(`"${text}" at ${selector}`, () => this.#tab.evaluate(isRead, [selector, text]));
  }

  #control(wanted) {
    return until(JSON.stringify(wanted), () => this.#tab.find(findControl, wanted));
  }
}
