import assert from "node:assert/strict";
import { LATER, openConnected } from "./admin-page.js";
import { browserTest } from "./browser.js";

const IDS = Array.from({ length: 50 }, (_, index) => `source-${index}`);
const context = { viewport: { width: 1280, height: 800 } };

async function setOnAll(admin) {
  await admin.selectAll();
  await admin.setSelected.click();
}

browserTest(
  "at 1280 × 800 ten sources are in sight, each on a line, with its details on demand",
  async (t) => {
    const admin = await openConnected(t, { sources: IDS, status: "REFRESH", context });
    await setOnAll(admin);
    await admin.reads(admin.page.locator("#bulk"), "was set on 50 of 50");
    await admin.page.getByRole("button", { name: "Hide this result" }).click();
    const { heights, inSight } = await admin.page.evaluate(() => {
      const { top, bottom } = document.getElementById("list-scroller").getBoundingClientRect();
      const boxes = [...document.querySelectorAll(".source")]
        .slice(0, 20)
        .map((row) => row.getBoundingClientRect());
      const isInSight = (box) => box.top >= top && box.bottom <= Math.min(bottom, innerHeight);
      return { heights: boxes.map(({ height }) => height), inSight: boxes.filter(isInSight).length };
    });
    assert.ok(inSight >= 10, `${inSight} rows`);
    assert.ok(Math.max(...heights) <= 44, `${Math.max(...heights)} px`);
    const row = admin.row(IDS[0]);
    const details = row.getByText("Remove from this list");
    assert.equal(await details.isVisible(), false);
    await admin.openDetails(IDS[0]);
    await details.waitFor();
    await row.getByRole("button", { name: "Details", expanded: true }).click();
    await details.waitFor({ state: "hidden" });
  },
);

browserTest("failures of many are told by cause, and each cause shows its sources", async (t) => {
  const admin = await openConnected(t, { sources: IDS, status: "REFRESH" });
  for (const id of IDS.slice(0, 3)) admin.emulator.failNext({ status: 404, sourceId: id });
  for (const id of IDS.slice(7, 9)) admin.emulator.failNext({ status: 403, sourceId: id });
  await setOnAll(admin);
  const causes = admin.page.getByRole("list", { name: "Why it failed" }).getByRole("listitem");
  await admin.reads(causes, /3 × the service answered 404/);
  assert.equal(await causes.count(), 2);
  await causes.filter({ hasText: "2 × " }).getByRole("button", { name: "Show these" }).click();
  await admin.shows(["source-7", "source-8"]);
  await admin.reads(admin.row("source-7"), "Failed: 403");
  await admin.kind("failed").click();
  await admin.shows(IDS.filter((_, index) => [0, 1, 2, 7, 8].includes(index)));
});

browserTest("the counts are of what is so now, and narrow the list when they are pressed", async (t) => {
  const admin = await openConnected(t, { sources: ["a", "b", "c"], status: "REFRESH" });
  await admin.set("b");
  await admin.reads(admin.kind(/^active/), "1");
  await admin.kind(/^active/).click();
  await admin.shows(["b"]);
  assert.equal(await admin.kind(/^active/).getAttribute("aria-pressed"), "true");
  await admin.row("b").getByRole("button", { name: "Set IDLE" }).click();
  await admin.reads(admin.page.locator("main"), "None of your sources is like that");
  await admin.kind(/^active/).click();
  await admin.shows(["a", "b", "c"]);
  assert.equal(await admin.kind(/^active/).count(), 0, "what none is in is not offered");
});

browserTest("how long a source has been active is told, and goes on", async (t) => {
  const admin = await openConnected(t, { sources: ["a"], status: "REFRESH", context: {} });
  await admin.page.clock.install();
  await admin.set("a");
  await admin.reads(admin.row("a"), /active for \d s/);
  await admin.page.clock.fastForward("02:13:00");
  await admin.reads(admin.row("a"), "active for 2 h 13 min");
});

browserTest("the title tells how far a change of many is, for whoever is in another tab", async (t) => {
  const admin = await openConnected(t, { sources: ["a", "b"], status: "REFRESH" });
  admin.emulator.failNext({ stall: true, sourceId: "b" });
  await setOnAll(admin);
  await admin.page.waitForFunction(() => document.title.startsWith("1 of 2 REFRESH"));
  await admin.page.getByRole("button", { name: "Cancel all" }).click();
  await admin.page.waitForFunction(() => document.title.startsWith("Cancelled: 1 of 2"));
  await admin.page.getByRole("button", { name: "Hide this result" }).click();
  await admin.page.waitForFunction(() => document.title === "Push source status");
});

browserTest("on a phone, what acts on the list stays in sight of it", async (t) => {
  const admin = await openConnected(t, {
    sources: IDS,
    status: "REFRESH",
    context: { viewport: { width: 390, height: 844 } },
  });
  await admin.selectAll();
  await admin.row(IDS[40]).scrollIntoViewIfNeeded();
  // This scrolls past the buttons above the list, which have to stay in sight.
  await admin.page.evaluate(() => {
    const { top } = document.getElementById("list-scroller").getBoundingClientRect();
    scrollBy(0, top + 300);
  });
  const { y, height } = await admin.setSelected.boundingBox();
  assert.ok(y >= 0 && y + height <= 844, `${y}`);
});

browserTest("at 1280 px a cancelled row says that it may be active, and may lose other words", async (t) => {
  const name = "A name that is somewhat long";
  const admin = await openConnected(t, { sources: [`a ${name}`], status: "REBUILD", context });
  admin.emulator.failNext({ stall: true });
  await admin.set(`${name} a`);
  await admin.row(`${name} a`).getByRole("button", { name: "Cancel" }).click();
  const standing = admin.row(`${name} a`).getByText("may be active, for");
  await standing.waitFor();
  const inSight = await standing.evaluate((text) => {
    const words = document.createRange();
    words.setStart(text.firstChild, 0);
    words.setEnd(text.firstChild, "may be active".length);
    const isWhole = text.scrollWidth <= text.clientWidth;
    const ellipsis = isWhole ? 0 : parseFloat(getComputedStyle(text).fontSize);
    return words.getBoundingClientRect().right + ellipsis <= text.getBoundingClientRect().right;
  });
  assert.ok(inSight);
});

browserTest("on a phone, a row says all of what is under way", async (t) => {
  const admin = await openConnected(t, {
    sources: ["a"],
    status: "REBUILD",
    context: { viewport: { width: 390, height: 844 } },
  });
  admin.emulator.failNext({ status: 503, ...LATER });
  await admin.set("a");
  const text = admin.row("a").getByText("retrying in");
  await text.waitFor();
  const { scrollWidth, clientWidth } = await text.evaluate(({ scrollWidth, clientWidth }) => ({
    scrollWidth,
    clientWidth,
  }));
  assert.ok(scrollWidth <= clientWidth, `${scrollWidth} px in ${clientWidth}`);
});
