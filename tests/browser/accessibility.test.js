import assert from "node:assert/strict";
import axe from "axe-core";
import { openAdminPage, openAtEmulator, SOURCE } from "./admin-page.js";
import { browserTest } from "./browser.js";

/** What axe finds, and where, in the page as it is now. */
async function findings({ page }) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => [id, target, failureSummary]),
  );
}

/** Each view, as the way to it from the one before. */
const views = {
  async "an empty list"() {},
  async "sources in every state that lasts"(admin) {
    await admin.add(`${SOURCE} Wiki`, "idle", "missing", "throttled", "unknown");
    await admin.choose("REFRESH");
    await admin.select("idle");
    await admin.setSelected.click();
    await admin.reads(admin.row("idle"), "set here");
    await admin.choose("IDLE");
    await admin.set("idle");
    await admin.reads(admin.row("idle"), "IDLE Ready to receive items set here");
    admin.emulator.failNext({ status: 404, sourceId: "missing" });
    admin.emulator.failNext({ status: 429, sourceId: "throttled", times: 2 });
    await admin.choose("REFRESH");
    await admin.set("missing");
    await admin.reads(admin.row("missing"), "404");
    await admin.set("throttled");
    await admin.reads(admin.row("throttled"), "throttled until");
  },
  Request: (admin) => admin.open("Request"),
  async Activity(admin) {
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
};

for (const colorScheme of ["light", "dark"]) {
  browserTest(`${colorScheme}: axe finds nothing, connecting`, async (t) => {
    const admin = await openAdminPage(t, { context: { colorScheme } });
    assert.deepEqual(await findings(admin), []);
    await admin.connect({ organization: "my org", token: "" });
    assert.deepEqual(await findings(admin), []);
  });

  browserTest(`${colorScheme}: axe finds nothing, connected`, async (t) => {
    const admin = await openAtEmulator(t, { source: "a/b" }, { context: { colorScheme } });
    for (const [view, reach] of Object.entries(views)) {
      await reach(admin);
      assert.deepEqual(await findings(admin), [], view);
    }
  });
}
