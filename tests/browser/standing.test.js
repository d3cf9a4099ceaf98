import assert from "node:assert/strict";
import { test } from "node:test";
import {
  activityOf,
  changeAsked,
  changeCancelled,
  changeFailed,
  changeProgressed,
  unknownSource,
} from "../../www/state/source.js";
import { sourcesReplaced } from "../../www/state/source-list.js";
import { AdminPage, LATER, openConnected } from "./admin-page.js";
import { browserTest } from "./browser.js";
import { until } from "./patience.js";
import { crash } from "./tab.js";

const REBUILD = { statusType: "REBUILD", at: 1 };
const IDLE = { statusType: "IDLE", at: 2 };

for (const [what, facts, expected] of [
  ["nothing was sent", {}, "unknown"],
  ["active was set", { last: REBUILD }, "active"],
  ["IDLE was set", { last: IDLE }, "idle"],
  ["active was sent", { entry: REBUILD }, "may be active"],
  ["active was sent, and set", { entry: REBUILD, last: REBUILD }, "active"],
  ["active was sent before IDLE was set", { entry: REBUILD, last: IDLE }, "idle"],
  ["active was sent after IDLE was set", { last: IDLE, entry: { ...REBUILD, at: 3 } }, "may be active"],
  ["both were so in the same millisecond", { last: IDLE, entry: { ...REBUILD, at: 2 } }, "may be active"],
  ["IDLE was not answered after active", { last: REBUILD, doubt: IDLE }, "may be active"],
  ["IDLE was not answered, and active was not", { entry: REBUILD, doubt: IDLE }, "may be active"],
  ["IDLE was not answered, and nothing was set", { doubt: IDLE }, "unknown"],
  ["another active status was not answered", { last: REBUILD, entry: { ...REBUILD, at: 3 } }, "active"],
]) {
  test(`a source is ${expected} where ${what}`, () => {
    assert.equal(activityOf({ ...unknownSource({ id: "a" }), ...facts }), expected);
  });
}

const sent = (source, statusType, at) =>
  changeProgressed(changeAsked(source, statusType), { type: "attempt", attempt: 1, at });
const active = { ...unknownSource({ id: "a" }), last: REBUILD, entry: REBUILD };

test("an IDLE that was refused leaves the doubt that an earlier one has left, and no other", () => {
  const refused = { code: "forbidden", message: "", outcome: "not_applied" };
  const once = changeFailed(sent(active, "IDLE", 3), "IDLE", refused, 4);
  assert.equal(activityOf(once), "active");
  const cancelled = changeCancelled(sent(active, "IDLE", 3), "IDLE", 4);
  assert.equal(activityOf(changeFailed(sent(cancelled, "IDLE", 5), "IDLE", refused, 6)), "may be active");
});

test("what one tab heard later is what both know: also that an IDLE was refused", () => {
  const known = { ...sent(active, "IDLE", 3), call: null };
  const theirs = { ...known, doubt: null, heardAt: 5 };
  const merged = (own, other) => sourcesReplaced([other])({ sources: [own], selected: new Set() }).sources[0];
  assert.equal(activityOf(merged(known, theirs)), "active");
  assert.equal(activityOf(merged(theirs, known)), "active");
});

for (const [status, isLeft] of [
  [500, true],
  [503, false],
]) {
  const outcome = isLeft ? "may be active" : "is as it was";
  browserTest(`row 69: cancelled after a ${status}, the source ${outcome}, in each place`, async (t) => {
    const admin = await openConnected(t, { sources: ["a"], status: "REFRESH", context: {} });
    admin.emulator.failNext({ status, applied: isLeft, ...LATER });
    await admin.set("a");
    await admin.reads(admin.row("a"), "retrying in");
    await admin.row("a").getByRole("button", { name: "Cancel" }).click();
    await admin.reads(
      admin.row("a"),
      isLeft ? "Cancelled when the request had left" : "Cancelled: REFRESH · Rescan was not set",
    );
    await admin.reads(admin.kind(isLeft ? "May be active 1" : "Not known 1"), "1");
    assert.equal(await admin.page.locator("#left-active").isVisible(), isLeft);
    await admin.choose("IDLE");
    await admin.set("a");
    if (isLeft) await admin.reads(admin.row("a"), "idle for");
    else await admin.reads(admin.dialog, "This browser did not set a active");
  });
}

/** Opens another connected tab of the same browser. */
async function openOther(admin) {
  const page = await admin.page.context().newPage();
  const other = new AdminPage(admin.emulator, { ...admin.observed, page });
  await page.goto(admin.observed.pageUrl);
  await other.connect();
  return other;
}

browserTest("two tabs agree on what may be active, and on what was answered", async (t) => {
  const admin = await openConnected(t, { sources: ["a"], status: "REBUILD", context: {} });
  const other = await openOther(admin);
  admin.emulator.failNext({ stall: true, applied: true });
  await admin.set("a");
  await admin.reads(other.row("a"), "REBUILD · Rebuild was sent by another tab");
  await admin.reads(other.kind("May be active 1"), "1");
  await admin.row("a").getByRole("button", { name: "Cancel" }).click();
  await admin.row("a").getByRole("button", { name: "Set IDLE" }).click();
  await admin.reads(other.row("a"), "idle for");
});

browserTest("what another tab is at work on was left by nobody, until that tab is gone", async (t) => {
  const admin = await openConnected(t, { sources: ["a"], status: "REBUILD", context: {} });
  const other = await openOther(admin);
  admin.emulator.failNext({ stall: true, applied: true });
  await admin.set("a");
  await admin.reads(other.row("a"), "was sent by another tab");
  const banner = other.page.locator("#left-active");
  assert.equal(await banner.isVisible(), false);
  await crash(admin);
  await admin.reads(banner, "A source may be active: no answer came");
  await admin.reads(other.row("a"), "was sent by an earlier visit");
});

browserTest(
  "row 69: set active anew after another tab had set IDLE, then crashed: it may be active",
  async (t) => {
    const admin = await openConnected(t, { sources: ["a"], status: "REBUILD", context: {} });
    const other = await openOther(admin);
    await admin.set("a");
    await other.row("a").getByRole("button", { name: "Set IDLE" }).click();
    for (const tab of [admin, other]) await tab.reads(tab.row("a"), "idle for");
    admin.emulator.failNext({ stall: true, applied: true });
    await admin.set("a");
    await admin.reads(admin.row("a"), "attempt 1");
    await until("the request", () => admin.emulator.activities("a").at(-1).state === "ongoing");
    await crash(admin);
    await other.page.reload();
    await other.connect();
    await admin.reads(other.row("a"), "may be active, for");
  },
);

browserTest(
  "row 69: a page that crashed while IDLE was under way says of the source that it may be active",
  async (t) => {
    const admin = await openConnected(t, { sources: ["a"], status: "REBUILD", context: {} });
    const other = await openOther(admin);
    await admin.set("a");
    await admin.reads(other.row("a"), "active for");
    admin.emulator.failNext({ stall: true });
    await admin.row("a").getByRole("button", { name: "Set IDLE" }).click();
    await admin.reads(other.row("a"), "may be active, for");
    await crash(admin);
    await admin.reads(other.page.locator("#left-active"), "A source may be active");
  },
);

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

browserTest(
  "what may be active is known again when it is removed from the list and added again",
  async (t) => {
    const admin = await openConnected(t, { sources: ["a", "b"], status: "REBUILD" });
    admin.emulator.failNext({ stall: true });
    await admin.set("a");
    await admin.row("a").getByRole("button", { name: "Cancel" }).click();
    await admin.reads(admin.row("a"), "may be active, for");
    await admin.selectAll();
    await admin.page.getByRole("button", { name: "Remove from the list" }).click();
    await admin.reads(admin.dialog, "What may be active is known again should it be added again");
    await admin.dialog.getByRole("button", { name: "Remove from the list" }).click();
    await admin.reads(admin.page.locator("main"), "No sources yet");
    await admin.add("a", "b");
    await admin.reads(admin.row("a"), "may be active, for");
    await admin.reads(admin.kind("May be active 1"), "1");
  },
);
