import assert from "node:assert/strict";
import { openAtEmulator, openConnected, SOURCE } from "./admin-page.js";
import { browserTest } from "./browser.js";
import { until } from "./patience.js";

/** A time longer than the page's mock retrieval takes. */
const RETRIEVAL_MS = 8000;

async function openRunning(t, { hasOwnClock = false, ...options } = {}) {
  const admin = await openAtEmulator(t, {}, options);
  if (hasOwnClock) await admin.page.clock.install();
  const panel = await admin.open("Activity");
  await panel.getByLabel("Announce").selectOption("REFRESH");
  await panel.getByRole("button", { name: "Run it" }).click();
  await admin.reads(panel, /Retrieving: [1-9]\d* of 240 documents/);
  return { admin, panel };
}

/** Returns the source's activities at the service, once the last one has ended. */
async function ended({ emulator }) {
  await until("the activity's end", () => emulator.activities(SOURCE).at(-1)?.state !== "ongoing");
  return emulator.activities(SOURCE).map(({ statusType, state }) => [statusType, state]);
}

browserTest("an activity runs to its end, and IDLE is set", async (t) => {
  const { admin, panel } = await openRunning(t, { context: {}, hasOwnClock: true });
  await admin.reads(admin.row(SOURCE), "REFRESH Rescan set here");
  assert.equal(admin.emulator.activities(SOURCE)[0].state, "ongoing");
  const run = panel.getByRole("button", { name: "Run it", disabled: true });
  assert.equal(await run.count(), 1, "one at a time");
  await admin.page.clock.runFor(RETRIEVAL_MS);
  await admin.reads(panel, "240 documents were retrieved, and IDLE was set.");
  await admin.reads(admin.row(SOURCE), "IDLE Ready to receive items set here");
  assert.deepEqual(await ended(admin), [["REFRESH", "completed"]]);
});

browserTest("a retrieval that fails ends with IDLE all the same", async (t) => {
  const { admin, panel } = await openRunning(t);
  await panel.getByRole("button", { name: "Make it fail" }).click();
  await admin.reads(panel, /a document could not be read\. IDLE was set all the same/);
  assert.deepEqual(await ended(admin), [["REFRESH", "completed"]]);
});

browserTest("a cancelled one too, at once; and another one can be run", async (t) => {
  const { admin, panel } = await openRunning(t);
  await panel.getByRole("button", { name: "Cancel" }).click();
  await admin.reads(panel, /Cancelled after \d+ documents\. IDLE was set all the same/);
  assert.deepEqual(await ended(admin), [["REFRESH", "completed"]]);
  await panel.getByRole("button", { name: "Run it" }).click();
  await admin.reads(panel, /Retrieving/);
});

for (const [what, leave] of Object.entries({
  "closes the tab": ({ page }) => page.close({ runBeforeUnload: true }),
  "goes elsewhere": ({ page }) => page.goto("about:blank"),
  "forgets the token": ({ page }) => page.getByRole("button", { name: "Forget token" }).click(),
})) {
  browserTest(`who ${what} while it runs leaves the source idle`, async (t) => {
    const { admin } = await openRunning(t, { context: {} });
    await leave(admin);
    assert.deepEqual(await ended(admin), [["REFRESH", "completed"]]);
    assert.deepEqual(
      admin.calls.map(({ statusType }) => statusType),
      ["REFRESH", "IDLE"],
    );
  });
}

browserTest("who comes back reads that IDLE was sent, and that nobody heard the answer", async (t) => {
  const { admin } = await openRunning(t);
  await admin.page.reload();
  await admin.reads(admin.row(SOURCE), "IDLE · Ready to receive items may have been applied after that");
  assert.deepEqual(await ended(admin), [["REFRESH", "completed"]]);
});

browserTest("where the active status is refused nothing runs; where IDLE is, that is said", async (t) => {
  const admin = await openAtEmulator(t);
  const panel = await admin.open("Activity");
  admin.emulator.failNext({ status: 403 });
  await panel.getByRole("button", { name: "Run it" }).click();
  await admin.reads(panel, "It did not begin: the service answered 403");
  await admin.reads(admin.page.locator("header"), "may not push to sources");
  admin.emulator.failNext({ status: 404, statusType: "IDLE" });
  await panel.getByRole("button", { name: "Run it" }).click();
  await admin.reads(panel, "Retrieving");
  await panel.getByRole("button", { name: "Cancel" }).click();
  await admin.reads(panel, "IDLE could not be set");
  await admin.reads(admin.row(SOURCE), "Failed: IDLE · Ready to receive items was not set");
  await admin.reads(admin.row(SOURCE), "REBUILD Rebuild set here");
});

browserTest(
  "connected to the service itself, the page offers neither activities nor the emulator",
  async (t) => {
    const admin = await openConnected(t);
    assert.deepEqual(await admin.page.getByRole("tab").allTextContents(), ["Live log", "Request"]);
  },
);
