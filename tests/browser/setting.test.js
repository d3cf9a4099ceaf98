import assert from "node:assert/strict";
import { ORGANIZATION, OTHER_SOURCE, openConnected, SOURCE } from "./admin-page.js";
import { browserTest } from "./browser.js";

const NAMES = {
  REBUILD: "Rebuild",
  REFRESH: "Rescan",
  INCREMENTAL: "Refresh",
  IDLE: "Ready to receive items",
};

browserTest("a status that is set reaches the service, and the row and the log say so", async (t) => {
  const admin = await openConnected(t, { status: "REFRESH" });
  await admin.reads(admin.row(SOURCE), "Not known: the Push API cannot be asked");
  await admin.set(SOURCE);
  await admin.reads(admin.row(SOURCE), /REFRESH Rescan set here at \d\d:\d\d:\d\d/);
  await admin.reads(admin.log, /→ REFRESH · Rescan, attempt 1.*← 201 after .*REFRESH · Rescan was set/s);

  assert.deepEqual(
    admin.calls.map(({ organizationId, sourceId, statusType, httpStatus }) => ({
      organizationId,
      sourceId,
      statusType,
      httpStatus,
    })),
    [{ organizationId: ORGANIZATION, sourceId: SOURCE, statusType: "REFRESH", httpStatus: 201 }],
  );
  assert.equal(admin.emulator.activities(SOURCE)[0].statusType, "REFRESH");
});

browserTest("the procedure: an active status, then IDLE without a question, ends the activity", async (t) => {
  const admin = await openConnected(t, { status: "INCREMENTAL" });
  await admin.set(SOURCE);
  await admin.reads(admin.row(SOURCE), "INCREMENTAL Refresh set here");
  await admin.choose("IDLE");
  await admin.set(SOURCE);
  await admin.reads(admin.row(SOURCE), "IDLE Ready to receive items set here");
  const [activity] = admin.emulator.activities(SOURCE);
  assert.deepEqual([activity.statusType, activity.state], ["INCREMENTAL", "completed"]);
});

browserTest("each of the four statuses is offered with both names, its purpose and its cost", async (t) => {
  const admin = await openConnected(t);
  const radios = admin.page.getByRole("radio");
  assert.equal(await radios.count(), 4);
  assert.equal(
    await admin.page.getByRole("radio", { checked: true }).count(),
    0,
    "none is chosen beforehand",
  );
  for (const [statusType, consoleName] of Object.entries(NAMES)) {
    const name = new RegExp(`${statusType}.*Console: “${consoleName}”`);
    assert.equal(await admin.page.getByRole("radio", { name }).count(), 1, statusType);
  }
  for (const cost of ["high cost", "moderate cost", "low cost"]) {
    assert.equal(await admin.page.getByText(cost).count(), 1, cost);
  }
  await admin.reads(admin.page.locator("main"), "starts nothing, deletes nothing, indexes nothing");
});

browserTest("whatever is chosen, no button names a status by one of its names alone", async (t) => {
  const admin = await openConnected(t, { sources: [SOURCE, OTHER_SOURCE] });
  await admin.selectAll();
  assert.equal(await admin.page.getByRole("button", { name: /^Set / }).count(), 0, "nothing was chosen yet");
  for (const [statusType, consoleName] of Object.entries(NAMES)) {
    await admin.choose(statusType);
    const bar = admin.page.getByRole("button", { name: /^Set .* on 2 selected$/ });
    for (const drawn of [admin.row(OTHER_SOURCE), bar]) {
      await admin.reads(drawn, `Set ${statusType} · ${consoleName}`);
    }
    const buttons = await admin.page.getByRole("button", { name: /^Set / }).allTextContents();
    assert.equal(buttons.length, 3);
    for (const text of buttons) assert.ok(text.startsWith(`Set ${statusType} · ${consoleName}`), text);
  }
});

browserTest("IDLE on a source that this page did not set active is asked first", async (t) => {
  const admin = await openConnected(t, { status: "IDLE" });
  await admin.set(SOURCE);
  await admin.reads(admin.dialog, "This browser did not set");
  await admin.dialog.getByRole("button", { name: "Leave as it is" }).click();
  await admin.set(SOURCE);
  await admin.page.keyboard.press("Escape");
  await admin.dialog.waitFor({ state: "hidden" });
  assert.equal(admin.calls.length, 0);

  await admin.set(SOURCE);
  await admin.dialog.getByRole("button", { name: "Set IDLE · Ready to receive items" }).click();
  await admin.reads(admin.row(SOURCE), "IDLE Ready to receive items set here");
  assert.deepEqual(
    admin.calls.map(({ statusType }) => statusType),
    ["IDLE"],
  );
});

browserTest("REBUILD on one source is not asked, on many it is", async (t) => {
  const admin = await openConnected(t, { sources: [SOURCE, OTHER_SOURCE], status: "REBUILD" });
  await admin.set(SOURCE);
  await admin.reads(admin.row(SOURCE), "REBUILD Rebuild set here");
  assert.equal(await admin.dialog.isVisible(), false);

  await admin.selectAll();
  await admin.page.getByRole("button", { name: "Set REBUILD · Rebuild on 2 selected" }).click();
  await admin.reads(admin.dialog, "Announce a rebuild of 2 sources?");
  assert.equal(admin.calls.length, 1, "nothing more was sent before the answer");
  await admin.dialog.getByRole("button", { name: "on all 2" }).click();
  await admin.reads(admin.row(OTHER_SOURCE), "REBUILD Rebuild set here");
  await admin.reads(admin.page.locator("main"), "REBUILD · Rebuild was set on 2 of 2");
});

browserTest("a change of all sources says for each how it went", async (t) => {
  const known = Array.from({ length: 30 }, (_, index) => `source-${index}`);
  const admin = await openConnected(t, {
    emulator: { sources: known },
    sources: [...known, "source-nowhere"],
    status: "INCREMENTAL",
  });
  await admin.selectAll();
  await admin.setSelected.click();
  await admin.reads(admin.page.locator("main"), "INCREMENTAL · Refresh was set on 30 of 31, 1 failed");
  await admin.reads(admin.row("source-nowhere"), "was not set");
  assert.equal(await admin.page.getByText("INCREMENTAL Refresh set here").count(), 30);
  assert.deepEqual(admin.emulator.sourceIds.toSorted(), known.toSorted());
});

browserTest("a source can be removed, and the focus goes to its neighbour", async (t) => {
  const admin = await openConnected(t, { sources: [SOURCE, OTHER_SOURCE] });
  await admin.openDetails(SOURCE);
  await admin.row(SOURCE).getByRole("button", { name: "Remove from this list" }).click();
  await admin.row(SOURCE).waitFor({ state: "detached" });
  const remaining = admin.row(OTHER_SOURCE).getByRole("button", { name: "Details" });
  assert.equal(await remaining.evaluate((button) => button === document.activeElement), true);
  assert.equal(admin.emulator.requests.length, 0, "removing sends nothing");
});
