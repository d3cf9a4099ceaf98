import assert from "node:assert/strict";
import { openConnected } from "./admin-page.js";
import { browserTest } from "./browser.js";

browserTest(
  "where it failed it is tried again, and only there; nothing is asked a second time",
  async (t) => {
    const ids = ["a", "b", "c", "d"];
    const admin = await openConnected(t, { sources: ids, status: "REBUILD" });
    for (const sourceId of ["b", "d"]) admin.emulator.failNext({ status: 404, sourceId });
    const bulk = admin.page.locator("#bulk");
    await admin.selectAll();
    await admin.setSelected.click();
    await admin.dialog.getByRole("button", { name: "on all 4" }).click();
    await admin.reads(bulk, "REBUILD · Rebuild was set on 2 of 4, 2 failed");
    await admin.reads(admin.row("b"), "Failed: REBUILD · Rebuild was not set");

    await bulk.getByRole("button", { name: "Retry the failed 2" }).click();
    await admin.reads(bulk, "REBUILD · Rebuild was set on 2 of 2");
    await admin.reads(admin.row("b"), "REBUILD Rebuild set here");
    assert.equal(await bulk.getByRole("button", { name: /Retry/ }).count(), 0);
    assert.deepEqual(
      admin.calls
        .slice(4)
        .map(({ sourceId }) => sourceId)
        .toSorted(),
      ["b", "d"],
    );
    await bulk.getByRole("button", { name: "Hide this result" }).click();
    await bulk.waitFor({ state: "hidden" });
  },
);

browserTest("a cancelled change of many is carried on where it was left", async (t) => {
  const admin = await openConnected(t, { sources: ["a", "b", "c"], status: "REFRESH" });
  admin.emulator.failNext({ stall: true, sourceId: "c" });
  await admin.selectAll();
  await admin.setSelected.click();
  const bulk = admin.page.locator("#bulk");
  await admin.reads(bulk, "2 of 3 answered");
  assert.equal(await bulk.getByRole("progressbar").evaluate(({ value, max }) => `${value}/${max}`), "2/3");
  await bulk.getByRole("button", { name: "Cancel all" }).click();
  await bulk.getByRole("button", { name: "Set it on the remaining 1" }).click();
  await admin.reads(admin.row("c"), "REFRESH Rescan set here");
  assert.equal(admin.calls.length, 4);
});

browserTest("IDLE on many asks when one of them was not set active here", async (t) => {
  const admin = await openConnected(t, { sources: ["a", "b"], status: "REFRESH" });
  await admin.set("a");
  await admin.reads(admin.row("a"), "set here");
  await admin.choose("IDLE");
  await admin.selectAll();
  await admin.setSelected.click();
  await admin.reads(admin.dialog, "This browser did not set 1 of these 2 sources active");
  await admin.dialog.getByRole("button", { name: "on all 2" }).click();
  await admin.reads(admin.page.locator("#bulk"), "was set on 2 of 2");
});
