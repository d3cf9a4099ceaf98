import assert from "node:assert/strict";
import { openAtEmulator, SOURCE } from "./admin-page.js";
import { browserTest } from "./browser.js";

browserTest("trouble is turned on and off, and the page copes with it", async (t) => {
  const admin = await openAtEmulator(t);
  const panel = await admin.open("Emulator");
  await admin.reads(panel, "Nothing is planned");
  await panel.getByLabel("of the requests").selectOption("1");
  for (const [name, plan] of [
    [/throttling/, "100 % of the requests meet 429."],
    [/unavailable/, "100 % of the requests meet 429 or 503."],
    [/no answer/, "100 % of the requests meet 429 or 503 or no answer."],
    [/connection reset/, "100 % of the requests meet 429 or 503 or no answer or a reset."],
  ]) {
    await panel.getByLabel(name).check();
    await admin.reads(panel, plan);
  }
  assert.equal(admin.emulator.faults.random.faults.length, 4);
  for (const name of [/unavailable/, /no answer/, /connection reset/]) await panel.getByLabel(name).uncheck();
  await admin.reads(panel, "100 % of the requests meet 429.");

  await admin.choose("INCREMENTAL");
  await admin.set(SOURCE);
  await admin.reads(admin.row(SOURCE), /throttled until \d\d:\d\d:\d\d, in \d+ s/);
  await panel.getByLabel(/throttling/).uncheck();
  await admin.reads(panel, "Nothing is planned");
  await admin.reads(admin.row(SOURCE), "INCREMENTAL Refresh set here");
});

browserTest("the activity log is shown as the service keeps it, whoever wrote it", async (t) => {
  const admin = await openAtEmulator(t);
  const panel = await admin.open("Emulator");
  await admin.reads(panel, "No source has an activity yet");
  const status = (sourceId, statusType) =>
    fetch(`${admin.emulator.endpoint}/organizations/o/sources/${sourceId}/status?statusType=${statusType}`, {
      method: "POST",
      headers: { Authorization: "Bearer another-program" },
    });
  await status("elsewhere", "REBUILD");
  const line = panel.getByRole("listitem").filter({ hasText: "elsewhere" });
  await admin.reads(line, /REBUILD Rebuild.*\d –\s*ongoing/s);
  await status("elsewhere", "IDLE");
  await admin.reads(line, /\d – \d.*completed/s);
  await panel.getByRole("button", { name: "Clear" }).click();
  await admin.reads(panel, "No source has an activity yet");
  assert.deepEqual(admin.emulator.sourceIds, []);
});

browserTest("another organization at the same emulator finds the panel filled", async (t) => {
  const admin = await openAtEmulator(t);
  await admin.reads(await admin.open("Emulator"), "Nothing is planned");
  await admin.page.getByRole("button", { name: "Forget token" }).click();
  await admin.connect({ organization: "another-organization" });
  const panel = await admin.open("Emulator");
  await admin.reads(panel, "Nothing is planned");
  await admin.reads(panel, "No source has an activity yet");
});
