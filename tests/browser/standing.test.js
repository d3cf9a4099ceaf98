import assert from "node:assert/strict";
import { test } from "node:test";
import {
  activityOf,
  changeAsked,
  changeCancelled,
  changeProgressed,
  unknownSource,
} from "../../www/state/source.js";
import { AdminPage, openConnected } from "./admin-page.js";
import { browserTest } from "./browser.js";
import { until } from "./patience.js";

const REBUILD = { statusType: "REBUILD", at: 1 };
const IDLE = { statusType: "IDLE", at: 2 };

for (const [what, facts, expected] of [
  ["nothing was sent", {}, "unknown"],
  ["active was set", { last: REBUILD }, "active"],
  ["IDLE was set", { last: IDLE }, "idle"],
  ["active was sent", { open: REBUILD }, "may be active"],
  ["active was sent by another tab", { elsewhere: REBUILD }, "may be active"],
  ["active was not answered", { doubt: REBUILD }, "may be active"],
  ["active was not answered after IDLE", { last: IDLE, doubt: REBUILD }, "may be active"],
  ["IDLE was not answered after active", { last: REBUILD, doubt: IDLE }, "may be active"],
  ["IDLE was not answered, and nothing was set", { doubt: IDLE }, "unknown"],
  ["another active status was not answered", { last: REBUILD, doubt: REBUILD }, "active"],
]) {
  test(`a source is ${expected} where ${what}`, () => {
    assert.equal(activityOf({ ...unknownSource({ id: "a" }), ...facts }), expected);
  });
}

test("an IDLE that was not answered takes the doubt of an active status before it not away", () => {
  let source = { ...unknownSource({ id: "a" }), doubt: REBUILD };
  source = changeProgressed(changeAsked(source, "IDLE"), { type: "attempt", attempt: 1, at: 3 });
  assert.equal(activityOf(changeCancelled(source, "IDLE", 4)), "may be active");
});

const IDS = Array.from({ length: 50 }, (_, index) => `source-${index}`);

/** Fifty of which some answer never: the service has applied those all the same. */
async function openHalfAnswered(t) {
  const admin = await openConnected(t, { sources: IDS, status: "REBUILD", context: {} });
  for (const sourceId of IDS.slice(10))
    admin.emulator.failNext({ stall: true, applied: true, sourceId, statusType: "REBUILD" });
  await admin.selectAll();
  await admin.setSelected.click();
  await admin.dialog.getByRole("button", { name: "on all 50" }).click();
  await admin.reads(admin.page.locator("#bulk"), "10 of 50 answered");
  return admin;
}

function activeAtService({ emulator }) {
  return IDS.filter((id) => emulator.activities(id).some(({ state }) => state === "ongoing")).length;
}

/** How many the page counts. */
async function counted(admin) {
  const counts = await Promise.all(
    [/^active \d/i, /^may be active \d/i].map(async (name) => {
      const chip = admin.kind(name);
      return (await chip.isVisible()) ? Number(/\d+/.exec(await chip.textContent())[0]) : 0;
    }),
  );
  return counts[0] + counts[1];
}

/** Resolves when requests have arrived that will not be answered. */
function unanswered(admin) {
  return until("requests without an answer", () => activeAtService(admin) > 10);
}

/** How many the page counts, once nothing is under way: what the browser held back for want of connections may be among them. */
async function countedAtLast(admin) {
  const total = await counted(admin);
  const active = activeAtService(admin);
  assert.ok(active > 10 && total >= active && total < 50, `${total} here, ${active} there`);
  return total;
}

browserTest("what the service may have active is counted from the moment in which it is sent", async (t) => {
  const admin = await openHalfAnswered(t);
  await unanswered(admin);
  const active = activeAtService(admin);
  assert.ok((await counted(admin)) >= active, `${active} there`);
});

browserTest("reloaded half-way, the page counts what the service has, and the banner names it", async (t) => {
  const admin = await openHalfAnswered(t);
  await unanswered(admin);
  await admin.page.reload();
  await admin.connect();
  await admin.page.locator("#left-active:not([hidden])").waitFor();
  const total = await countedAtLast(admin);
  await admin.reads(
    admin.page.locator("#left-active"),
    `${total - 10} sources may be active: no answer came`,
  );
  await admin.page.getByRole("button", { name: "Select them" }).click();
  await admin.page.getByRole("button", { name: `on ${total} selected` }).click();
  await admin.reads(admin.page.locator("#bulk"), `was set on ${total} of ${total}`);
  await until("none is left", () => activeAtService(admin) === 0);
  assert.equal(await admin.dialog.isVisible(), false, "what may be active here is nobody else's");
});

browserTest("a cancelled change of many says how many may be active, in each place alike", async (t) => {
  const admin = await openHalfAnswered(t);
  await unanswered(admin);
  await admin.page.getByRole("button", { name: "Cancel all" }).click();
  await admin.reads(admin.page.locator("#bulk"), "Cancelled");
  const total = await countedAtLast(admin);
  await admin.reads(admin.page.locator("#left-active"), `${total - 10} sources may be active`);
  for (const statusType of ["IDLE", "REBUILD"]) {
    await admin.choose(statusType);
    await admin.setSelected.click();
    await admin.reads(admin.dialog, `10 of them are active, set here; ${total - 10} of them may be active`);
    await admin.page.keyboard.press("Escape");
  }
});

browserTest("after a 500 that was applied the source may be active, and IDLE asks nothing", async (t) => {
  const admin = await openConnected(t, { sources: ["a"], status: "REFRESH", context: {} });
  admin.emulator.failNext({ stall: true, applied: true, sourceId: "a" });
  await admin.set("a");
  await admin.row("a").getByRole("button", { name: "Cancel" }).click();
  await admin.reads(admin.row("a"), "may be active, for");
  await admin.row("a").getByRole("button", { name: "Set IDLE" }).click();
  await admin.reads(admin.row("a"), "idle for");
  assert.equal(admin.emulator.activities("a")[0].state, "completed");
});

browserTest("two tabs agree on what may be active, and on what was answered", async (t) => {
  const admin = await openConnected(t, { sources: ["a"], status: "REBUILD", context: {} });
  const page = await admin.page.context().newPage();
  const other = new AdminPage(admin.emulator, { ...admin.observed, page });
  await page.goto(admin.observed.pageUrl);
  await other.connect();
  admin.emulator.failNext({ stall: true, applied: true });
  await admin.set("a");
  await admin.reads(other.row("a"), "REBUILD · Rebuild was sent by another tab or visit");
  await admin.reads(other.kind("May be active 1"), "1");
  await admin.row("a").getByRole("button", { name: "Cancel" }).click();
  await admin.row("a").getByRole("button", { name: "Set IDLE" }).click();
  await admin.reads(other.row("a"), "idle for");
});

browserTest("leaving asks first while work is under way, and not otherwise", async (t) => {
  const admin = await openConnected(t, { sources: ["a"], status: "REBUILD", context: {} });
  const asked = [];
  admin.page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    dialog.accept();
  });
  admin.emulator.failNext({ stall: true });
  await admin.set("a");
  await admin.reads(admin.row("a"), "attempt 1");
  await admin.page.reload();
  assert.deepEqual(asked, ["beforeunload"]);
  await admin.page.reload();
  assert.equal(asked.length, 1);
});
