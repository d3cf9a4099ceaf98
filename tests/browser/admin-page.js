import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { startEmulator } from "push-source-status/emulator";
import { observedPage } from "./observed-page.js";
import { until } from "./patience.js";

export const ORGANIZATION = "mycoveocloudv2organizationg8tp8wu3";
export const SOURCE = `${ORGANIZATION}-rp5rxzbdz753uhndklv2ztkfgy`;
export const OTHER_SOURCE = `x9dnt4bq6wz2kc8mv5hj7rgpfe-${ORGANIZATION}`;
export const TOKEN = "xx-distinctive-token-4711-do-not-leak";

/** A retry delay so long that the test still sees the call wait, however busy the machine is. */
export const LATER = { retryAfter: 30, headers: { "Access-Control-Expose-Headers": "Retry-After" } };

/** Starts an emulator for the page. It is closed after the page, which would otherwise see the connection break. */
export async function emulatorFor(t, observed, options) {
  const emulator = await startEmulator(options);
  t.after(() => emulator.close());
  observed.allow(emulator.endpoint);
  return emulator;
}

/**
 * Opens the admin page in a tab, with an emulator that it can be connected to.
 *
 * @param {import("node:test").TestContext} t
 * @param {{ emulator?: import("push-source-status/emulator").EmulatorOptions, saidByBrowser?: RegExp[],
 *   context?: object, init?: Function }} [options]
 */
export async function openAdminPage(t, { emulator: emulatorOptions, ...options } = {}) {
  const observed = await observedPage(t, options);
  const emulator = await emulatorFor(t, observed, emulatorOptions);
  await observed.page.goto(observed.pageUrl);
  return new AdminPage(emulator, observed);
}

/** Opens a connected page, with sources in its list and a status chosen. */
export async function openConnected(t, { sources = [SOURCE], status, ...options } = {}) {
  const admin = await openAdminPage(t, options);
  await admin.connect();
  if (sources.length > 0) await admin.add(...sources);
  if (status !== undefined) await admin.choose(status);
  return admin;
}

/** Opens the page at an address like that of `npm start`: connected to an emulator that it can control. */
export async function openAtEmulator(t, facts, options) {
  const observed = await observedPage(t, options);
  const emulator = await emulatorFor(t, observed, { control: true });
  const given = { emulator: emulator.endpoint, organization: ORGANIZATION, source: SOURCE, ...facts };
  await observed.page.goto(`${observed.pageUrl}#${new URLSearchParams(given)}`);
  return new AdminPage(emulator, observed);
}

/** The actions of a user on the page, by the names that a user sees. */
export class AdminPage {
  constructor(emulator, observed) {
    this.emulator = emulator;
    this.observed = observed;
    this.page = observed.page;
  }

  field(label) {
    return this.page.getByLabel(label, { exact: true });
  }

  async fill({
    organization = ORGANIZATION,
    place = "Endpoint of my own",
    endpoint = this.emulator.endpoint,
    token = TOKEN,
  } = {}) {
    await this.field("Organization id").fill(organization);
    if (place !== null) await this.field("Region").selectOption({ label: place });
    if (place === "Endpoint of my own") await this.field("Endpoint").fill(endpoint);
    await this.field("Access token or API key").fill(token);
  }

  async connect(values) {
    await this.fill(values);
    await this.page.getByRole("button", { name: "Connect" }).click();
  }

  async add(...ids) {
    await this.page.getByLabel("Add sources").fill(ids.join("\n"));
    await this.page.getByRole("button", { name: "Add", exact: true }).click();
    // Text that is more than one id a line is shown first.
    if (ids.some((id) => /[\s,;"]/.test(id.replace(/(^|\s)#.*/, "").trim()))) await this.confirmIntake();
    // Many ids take several steps, after which the page shows a note or an error.
    await this.page.locator("#source-ids-note:not(:empty), #source-ids-error:not(:empty)").first().waitFor();
  }

  /** Adds the sources of the preview. */
  async confirmIntake() {
    await this.dialog.getByRole("button", { name: /^Add \d+$/ }).click();
  }

  /** Opens the details of a source. */
  async openDetails(sourceId) {
    await this.row(sourceId).getByRole("button", { name: "Details" }).click();
  }

  /** Returns the button that filters the list by a state. */
  kind(name) {
    return this.page.getByRole("group", { name: "Which sources are shown" }).getByRole("button", { name });
  }

  /** Selects every source that is shown. */
  async selectAll() {
    await this.page.getByLabel("Select all shown").check();
  }

  async select(sourceId, options) {
    await this.row(sourceId).getByLabel("Select").click(options);
  }

  /** The button that sets the chosen status on all selected sources. */
  get setSelected() {
    return this.page.getByRole("button", { name: /on \d+ selected$/ });
  }

  async choose(statusType) {
    await this.page.getByRole("radio", { name: new RegExp(`^${statusType}`) }).check();
  }

  row(sourceId) {
    return this.page.getByRole("listitem").filter({
      has: this.page.getByRole("heading", { name: sourceId, exact: true }),
    });
  }

  async set(sourceId) {
    // If IDLE is offered too, its button comes first.
    await this.row(sourceId).getByRole("button", { name: /^Set / }).last().click();
  }

  /** Returns the file that a button downloads. */
  async downloadBy(name) {
    const [file] = await Promise.all([
      this.page.waitForEvent("download"),
      this.page.getByRole("button", { name, exact: true }).click(),
    ]);
    return readFile(await file.path(), "utf8");
  }

  /** Resolves when these sources are shown, in this order, by name and id. */
  async shows(names) {
    await until(`${names} in the list`, async () => {
      const headings = await this.page.locator(".source h3").allTextContents();
      const shown = headings.map((text) => text.trim().replace(/\s+/g, " "));
      return isDeepStrictEqual(shown, names);
    });
  }

  /** Pastes several texts in one turn of the page, without this machine's clipboard. */
  async paste(...texts) {
    // Nobody pastes into a hidden field, and its note would be cleared when the field appears.
    await this.page.getByLabel("Add sources").waitFor();
    await this.page.evaluate((texts) => {
      for (const text of texts) {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", text);
        const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
        document.getElementById("source-ids").dispatchEvent(event);
      }
    }, texts);
  }

  /** Opens one of the panels beside the list. */
  async open(name) {
    await this.page.getByRole("tab", { name, exact: true }).click();
    return this.page.getByRole("tabpanel", { name, exact: true });
  }

  get dialog() {
    return this.page.getByRole("dialog");
  }

  get log() {
    return this.page.getByRole("log");
  }

  /** The status calls that have reached the service, without the browser's preflights. */
  get calls() {
    return this.emulator.requests.filter(({ method }) => method === "POST");
  }

  /** Resolves when a place of the page has a text. The text has to stay, because a passing one may be missed. */
  async reads(locator, text) {
    await locator.filter({ hasText: text }).first().waitFor();
  }

  /** Returns the problem at a field, as assistive technology receives it. */
  async problemAt(label) {
    return this.field(label).evaluate((control) => {
      const error = document.getElementById(`${control.id}-error`);
      const isDescribed = control.getAttribute("aria-describedby").split(" ").includes(error.id);
      const isInvalid = control.getAttribute("aria-invalid") === "true";
      return isDescribed && isInvalid && error.checkVisibility() ? error.textContent : null;
    });
  }
}
