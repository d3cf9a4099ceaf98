import assert from "node:assert/strict";
import axe from "axe-core";
import { LATER, openAdminPage, openAtEmulator, SOURCE } from "./admin-page.js";
import { browserTest } from "./browser.js";

/** The rules that axe checks in each scheme. The two schemes differ only in colours. */
const rules = { light: undefined, dark: ["color-contrast", "link-in-text-block"] };

/** Colours change at once, so that axe sees none in transition. */
const context = { reducedMotion: "reduce" };

/** Returns what axe finds in the current page, and where. */
async function findings({ page }) {
  if (await page.evaluate(() => globalThis.axe === undefined)) await page.evaluate(axe.source);
  const found = [];
  for (const [colorScheme, runOnly] of Object.entries(rules)) {
    await page.emulateMedia({ colorScheme });
    const options = { resultTypes: ["violations"], ...(runOnly && { runOnly }) };
    const { violations } = await page.evaluate((options) => globalThis.axe.run(options), options);
    for (const { id, nodes } of violations)
      for (const { target, failureSummary } of nodes) found.push([colorScheme, id, target, failureSummary]);
  }
  return found;
}

/** The views, each as the way to it from the one before. */
const views = {
  async "an empty list"() {},
  async "sources in every state that lasts"(admin) {
    await admin.add(`${SOURCE} Wiki`, "idle", "missing", "unknown");
    await admin.choose("REFRESH");
    await admin.select("idle");
    await admin.setSelected.click();
    await admin.reads(admin.row("idle"), "set here");
    await admin.choose("IDLE");
    await admin.set("idle");
    await admin.reads(admin.row("idle"), "IDLE Ready to receive items set here");
    admin.emulator.failNext({ status: 404, sourceId: "missing" });
    await admin.choose("REFRESH");
    await admin.set("missing");
    await admin.reads(admin.row("missing"), "404");
  },
  Request: (admin) => admin.open("Request"),
  async Activity(admin) {
    admin.emulator.failNext({ stall: true, times: 9, statusType: "REBUILD", sourceId: SOURCE });
    const panel = await admin.open("Activity");
    await panel.getByRole("button", { name: "Run it" }).click();
    await admin.reads(panel, "Setting REBUILD");
  },
  async Emulator(admin) {
    const panel = await admin.open("Emulator");
    await admin.reads(panel, "completed");
  },
  async "a question"(admin) {
    await admin.choose("IDLE");
    await admin.set("unknown");
    await admin.dialog.waitFor();
  },
  async "a name"(admin) {
    await admin.page.keyboard.press("Escape");
    await admin.openDetails("unknown");
    await admin.row("unknown").getByRole("button", { name: "Rename" }).click();
    await admin.dialog.waitFor();
  },
  async "what was left active"(admin) {
    await admin.page.keyboard.press("Escape");
    await admin.choose("REBUILD");
    await admin.set("unknown");
    await admin.reads(admin.row("unknown"), "set here");
    await admin.page.reload();
    await admin.page.locator("#left-active").waitFor();
  },
  async "a wait"(admin) {
    admin.emulator.failNext({ status: 429, ...LATER });
    await admin.choose("REBUILD");
    await admin.set("idle");
    await admin.reads(admin.row("idle"), "throttled until");
  },
};

browserTest("light and dark: axe finds nothing, connecting", async (t) => {
  const admin = await openAdminPage(t, { context });
  assert.deepEqual(await findings(admin), []);
  await admin.connect({ organization: "my org", token: "" });
  assert.deepEqual(await findings(admin), []);
});

browserTest("light and dark: axe finds nothing, connected", async (t) => {
  const admin = await openAtEmulator(t, { source: "a/b" }, { context });
  for (const [view, reach] of Object.entries(views)) {
    await reach(admin);
    assert.deepEqual(await findings(admin), [], view);
  }
});
