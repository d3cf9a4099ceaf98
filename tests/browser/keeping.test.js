import assert from "node:assert/strict";
import { AdminPage, openConnected, SOURCE } from "./admin-page.js";
import { browserTest } from "./browser.js";

const KEY = "push-source-status";

function kept({ page }) {
  return page.evaluate((key) => localStorage.getItem(key), KEY);
}

/** Reloads the page, and connects to the same emulator. */
async function reload(admin) {
  await admin.page.reload();
  await admin.connect();
}

browserTest("over a reload, the list and what was set here are kept, and said to be old", async (t) => {
  const admin = await openConnected(t, { sources: [`${SOURCE} Wiki`, "b"], status: "REBUILD" });
  const row = admin.page.locator(".source").first();
  await admin.row("b").waitFor();
  await row.getByRole("button", { name: /^Set / }).click();
  await admin.reads(row, "set here");
  await reload(admin);
  await admin.reads(row, /REBUILD Rebuild set by this browser at \d\d:\d\d:\d\d; others may have changed it/);
  await admin.reads(admin.row("b"), "Not known: the Push API cannot be asked");
  await admin.shows([`Wiki ${SOURCE}`, "b"]);
  await row.getByRole("button", { name: "Details" }).click();
  assert.equal(await row.getByRole("img", { name: /^REBUILD · Rebuild at/ }).isVisible(), true);
});

browserTest("a banner names what this browser left active, and leads to IDLE", async (t) => {
  const admin = await openConnected(t, { sources: ["wiki", "tickets", "b"], status: "REBUILD" });
  for (const id of ["wiki", "tickets"]) {
    await admin.set(id);
    await admin.reads(admin.row(id), "set here");
  }
  const banner = admin.page.locator("#left-active");
  assert.equal(await banner.isVisible(), false, "what was set just now is not left");
  await reload(admin);
  await admin.reads(banner, "This browser left 2 sources active. wiki, tickets.");
  await banner.getByRole("button", { name: "Select them" }).click();
  await admin.shows(["wiki", "tickets"]);
  await admin.page.getByRole("button", { name: "Set IDLE · Ready to receive items on 2 selected" }).click();
  await banner.waitFor({ state: "hidden" });
  assert.equal(admin.emulator.activities("wiki")[0].state, "completed");
});

browserTest("what stands in the storage is not believed: rubbish gives an empty list", async (t) => {
  const admin = await openConnected(t);
  for (const text of ["{", '{"version":1,"organizations":[{"organizationId":7,"sources":[null]}]}']) {
    await admin.page.goto("about:blank");
    await admin.page.goto(admin.observed.pageUrl);
    await admin.page.evaluate(([key, text]) => localStorage.setItem(key, text), [KEY, text]);
    await admin.page.reload();
    await admin.connect();
    await admin.reads(admin.page.locator("main"), "No sources yet");
  }
});

browserTest("what a later version keeps is left alone, and that is said", async (t) => {
  const admin = await openConnected(t, { sources: [] });
  const later = '{"version":2,"what":"ever"}';
  await admin.page.evaluate(([key, text]) => localStorage.setItem(key, text), [KEY, later]);
  await reload(admin);
  await admin.add("a");
  await admin.reads(admin.page.locator("main"), "A later version of this page keeps its list");
  await admin.page.waitForTimeout(500);
  assert.equal(await kept(admin), later);
});

browserTest("where nothing can be kept the page works all the same, and says so", async (t) => {
  const admin = await openConnected(t, { sources: [], context: {} });
  await admin.page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await reload(admin);
  await admin.add("a");
  await admin.reads(admin.page.locator("main"), "This browser keeps nothing for this page");
});

browserTest("two tabs have one list", async (t) => {
  const admin = await openConnected(t, { sources: ["a"], status: "REFRESH" });
  const page = await admin.page.context().newPage();
  const other = new AdminPage(admin.emulator, { ...admin.observed, page });
  await page.goto(admin.observed.pageUrl);
  await other.connect();
  await other.add("b");
  await admin.row("b").waitFor();
  await admin.set("b");
  await admin.reads(other.row("b"), "REFRESH Rescan set by this browser");
});
