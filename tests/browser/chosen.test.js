import assert from "node:assert/strict";
import { openConnected } from "./admin-page.js";
import { browserTest } from "./browser.js";

function checked({ page }) {
  return page.evaluate(() => document.querySelector("#status-choices input:checked")?.value);
}

browserTest("the picker shows what is chosen: after the banner's button, too", async (t) => {
  const admin = await openConnected(t, { sources: ["a", "b"], status: "REBUILD", context: {} });
  await admin.set("a");
  await admin.reads(admin.row("a"), "active for");
  await admin.page.reload();
  await admin.connect();
  assert.equal(await checked(admin), undefined, "after a reload nothing is chosen");
  await admin.choose("REFRESH");
  await admin.page.getByRole("button", { name: "Select it, to set IDLE" }).click();
  await admin.page.waitForFunction(
    () => document.querySelector("#status-choices input:checked")?.value === "IDLE",
  );
  await admin.page.getByRole("button", { name: /^Set IDLE .* on 1 selected$/ }).click();
  await admin.reads(admin.page.locator("#bulk"), "was set on 1 of 1");
  assert.deepEqual(admin.calls.at(-1).statusType, "IDLE");
});

browserTest("a browser that fills a choice in anew, on the way back, changes nothing", async (t) => {
  const admin = await openConnected(t, { sources: ["a"], status: "REBUILD" });
  await admin.page.evaluate(() => {
    document.querySelector("#status-choices input[value=INCREMENTAL]").checked = true;
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: false }));
  });
  assert.equal(await checked(admin), "REBUILD");
  await admin.set("a");
  await admin.reads(admin.row("a"), "active for");
  assert.equal(admin.calls[0].statusType, "REBUILD");
});

browserTest("what is selected and hidden is said, named before it is set, and can be left out", async (t) => {
  const admin = await openConnected(t, { sources: ["a-1", "a-2", "b-1", "b-2"], status: "REFRESH" });
  await admin.selectAll();
  await admin.page.getByLabel("Filter by id or name").fill("a-");
  await admin.reads(admin.page.locator("#selection"), "4 selected, 2 of them hidden by the filter");
  await admin.setSelected.click();
  await admin.reads(admin.dialog, "2 of these 4 sources are selected and hidden by the filter");
  await admin.reads(admin.dialog.getByRole("listitem").filter({ hasText: "b-1" }), "hidden by the filter");
  await admin.page.keyboard.press("Escape");
  await admin.page.getByRole("button", { name: "Only the 2 shown" }).click();
  await admin.page.getByRole("button", { name: /on 2 selected$/ }).click();
  await admin.reads(admin.page.locator("#bulk"), "was set on 2 of 2");
  assert.deepEqual(admin.emulator.sourceIds.toSorted(), ["a-1", "a-2"]);
});

browserTest("a second active status is asked first, with the names of those that have one", async (t) => {
  const admin = await openConnected(t, { sources: ["a", "b"], status: "REFRESH" });
  await admin.set("a");
  await admin.reads(admin.row("a"), "active for");
  await admin.selectAll();
  await admin.setSelected.click();
  await admin.reads(admin.dialog, "1 of these 2 sources has an active status already");
  await admin.reads(
    admin.dialog.getByRole("listitem").filter({ hasText: "a" }),
    "active: REFRESH · Rescan for",
  );
  assert.equal(admin.calls.length, 1, "nothing was sent before the answer");
  await admin.page.keyboard.press("Escape");
  await admin.set("a");
  await admin.reads(admin.dialog, "This source has an active status already");
});

browserTest(
  "a row of what is active offers IDLE first, whatever is chosen, and sets it unasked",
  async (t) => {
    const admin = await openConnected(t, { sources: ["a", "b"], status: "INCREMENTAL" });
    await admin.set("a");
    const offers = admin.row("a").getByRole("button", { name: /^Set / });
    await admin.reads(offers.first(), "Set IDLE");
    assert.equal(await admin.row("b").getByRole("button", { name: "Set IDLE" }).count(), 0);
    await offers.first().click();
    await admin.reads(admin.row("a"), "idle for");
    assert.deepEqual(
      admin.calls.map(({ statusType }) => statusType),
      ["INCREMENTAL", "IDLE"],
    );
  },
);
