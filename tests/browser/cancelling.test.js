import assert from "node:assert/strict";
import { LATER, OTHER_SOURCE, openConnected, SOURCE } from "./admin-page.js";
import { browserTest } from "./browser.js";

/** The time without an answer after which the client tries again. */
const ATTEMPT_TIMEOUT_MS = 10_000;

/** The number of frames within which a change has to appear. The page draws it in the next one. */
const AT_ONCE_FRAMES = 2;

/** Clicks in the page, and counts the frames until a row has a mark. */
function framesUntilMark(locator, rowMark) {
  return locator.evaluate((button, rowMark) => {
    const row = document.querySelector(".source");
    let frames = 0;
    return new Promise((settle) => {
      const look = () => {
        frames += 1;
        if (row.dataset.mark === rowMark) settle(frames);
        else requestAnimationFrame(look);
      };
      button.click();
      requestAnimationFrame(look);
    });
  }, rowMark);
}

browserTest("a call that hangs is cancelled at once, and said to be in doubt", async (t) => {
  const admin = await openConnected(t, { status: "REBUILD" });
  admin.emulator.failNext({ stall: true });
  await admin.set(SOURCE);
  await admin.reads(admin.row(SOURCE), "Setting REBUILD · Rebuild: attempt 1");
  const cancel = admin.row(SOURCE).getByRole("button", { name: "Cancel" });
  const frames = await framesUntilMark(cancel, "cancelled");
  assert.ok(frames <= AT_ONCE_FRAMES, `${frames} frames`);
  await admin.reads(
    admin.row(SOURCE),
    "Cancelled when the request had left: REBUILD · Rebuild may have been applied",
  );
  await admin.reads(admin.log, "cancelled");
  assert.equal(admin.calls.length, 1);
});

browserTest(
  "a wait between two attempts is cancelled at once; a throttled request has changed nothing",
  async (t) => {
    const admin = await openConnected(t, { status: "REFRESH" });
    admin.emulator.failNext({ status: 429, ...LATER });
    await admin.set(SOURCE);
    await admin.reads(admin.row(SOURCE), /throttled until \d\d:\d\d:\d\d, in \d+ s/);
    const cancel = admin.row(SOURCE).getByRole("button", { name: "Cancel" });
    const frames = await framesUntilMark(cancel, "cancelled");
    assert.ok(frames <= AT_ONCE_FRAMES, `${frames} frames`);
    await admin.reads(admin.row(SOURCE), "Cancelled: REFRESH · Rescan was not set");
  },
);

browserTest("a source whose call was cancelled takes another one", async (t) => {
  const admin = await openConnected(t, { status: "REFRESH" });
  admin.emulator.failNext({ stall: true });
  await admin.set(SOURCE);
  await admin.row(SOURCE).getByRole("button", { name: "Cancel" }).click();
  await admin.reads(admin.row(SOURCE), "Cancelled");
  await admin.set(SOURCE);
  await admin.reads(admin.dialog, "This source has an active status already, or may have one");
  await admin.dialog.getByRole("button", { name: "Set REFRESH" }).click();
  await admin.reads(admin.row(SOURCE), "REFRESH Rescan set here");
});

browserTest("while a change is under way, its row begins no other, and cannot be removed", async (t) => {
  const admin = await openConnected(t, { status: "REBUILD", context: {} });
  await admin.page.clock.install();
  admin.emulator.failNext({ stall: true });
  await admin.openDetails(SOURCE);
  await admin.set(SOURCE);
  for (const name of [/^Set /, "Remove from this list"]) {
    await admin.row(SOURCE).getByRole("button", { name, disabled: true }).click({ force: true });
  }
  await admin.page.clock.fastForward(ATTEMPT_TIMEOUT_MS);
  await admin.reads(admin.row(SOURCE), "REBUILD Rebuild set here");
  // A second change would have waited for the first one, and would leave now.
  await admin.choose("IDLE");
  await admin.set(SOURCE);
  await admin.reads(admin.row(SOURCE), "IDLE Ready to receive items set here");
  assert.deepEqual(
    admin.calls.map(({ statusType }) => statusType),
    ["REBUILD", "REBUILD", "IDLE"],
  );
});

browserTest("a change of all is cancelled at once: what was done stays known", async (t) => {
  const admin = await openConnected(t, { sources: [SOURCE, OTHER_SOURCE], status: "INCREMENTAL" });
  admin.emulator.failNext({ stall: true, sourceId: OTHER_SOURCE });
  await admin.selectAll();
  await admin.setSelected.click();
  await admin.reads(admin.row(SOURCE), "INCREMENTAL Refresh set here");
  await admin.page.getByRole("button", { name: "Cancel all" }).click();
  await admin.reads(admin.page.locator("main"), "Cancelled: INCREMENTAL · Refresh was set on 1 of 2");
  await admin.reads(admin.row(OTHER_SOURCE), "INCREMENTAL · Refresh may have been applied");
});

browserTest("forgetting the token takes back what is under way, and the list stays", async (t) => {
  const admin = await openConnected(t, { status: "REBUILD" });
  admin.emulator.failNext({ stall: true });
  await admin.set(SOURCE);
  await admin.reads(admin.row(SOURCE), "Setting REBUILD");
  await admin.page.getByRole("button", { name: "Forget token" }).click();
  await admin.page.locator("#token:focus").waitFor();
  assert.equal(await admin.field("Access token or API key").inputValue(), "");
  await admin.connect();
  await admin.reads(admin.row(SOURCE), "REBUILD · Rebuild may have been applied");
});

browserTest("another organization has a list of its own; nothing of it is known here", async (t) => {
  const admin = await openConnected(t, { status: "REBUILD" });
  await admin.set(SOURCE);
  await admin.reads(admin.row(SOURCE), "REBUILD Rebuild set here");
  await admin.page.getByRole("button", { name: "Forget token" }).click();
  await admin.connect({ organization: "another-organization" });
  await admin.reads(admin.page.locator("main"), "No sources yet");
  await admin.page.getByRole("button", { name: "Forget token" }).click();
  await admin.connect();
  await admin.reads(admin.row(SOURCE), "REBUILD Rebuild set by this browser");
});
