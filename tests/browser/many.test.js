import assert from "node:assert/strict";
import { openConnected } from "./admin-page.js";
import { browserTest } from "./browser.js";

/** The number of sources. The time for them depends on the machine: `npm run bench -- page` measures it. */
const SOURCES = 1000;
const ROWS_AT_ONCE = 100;

/** The page reads the clock after each row, and continues in another turn when 8 ms are over. */
const MOST_IN_A_TURN = 9;

const lines = Array.from({ length: SOURCES }, (_, index) => `source-${index} Name ${index % 7}`).join("\n");

/** Runs in the page before its scripts. Each reading of the clock takes a millisecond, and turns are counted. */
function countTurns() {
  let now = 0;
  performance.now = () => {
    now += 1;
    return now;
  };
  globalThis.turns = { rows: [], breaks: 0 };
  const { setTimeout } = globalThis;
  globalThis.setTimeout = (run, delay, ...rest) => {
    if (delay === 0) globalThis.turns.breaks += 1;
    return setTimeout(run, delay, ...rest);
  };
  const rowOf = (node) => node.closest?.(".source");
  const observer = new MutationObserver((records) => {
    const nodes = records.flatMap(({ target, addedNodes }) => [target, ...addedNodes]);
    const rows = new Set(nodes.map(rowOf).filter(Boolean));
    if (rows.size > 0) globalThis.turns.rows.push(rows.size);
  });
  addEventListener("DOMContentLoaded", () => {
    const list = document.getElementById("source-list");
    observer.observe(list, { subtree: true, childList: true, attributeFilter: ["class"] });
  });
}

/** Resolves with the rows of each turn, once so many rows have been drawn since the last call. */
async function rowsOfTurns({ page }, rows) {
  await page.waitForFunction((rows) => {
    return globalThis.turns.rows.reduce((sum, count) => sum + count, 0) >= rows;
  }, rows);
  return page.evaluate(() => globalThis.turns.rows.splice(0));
}

browserTest("1,000 sources are taken, and their rows drawn, a few in each turn of the browser", async (t) => {
  const admin = await openConnected(t, { sources: [], context: {}, init: countTurns });
  const largest = async (rows = ROWS_AT_ONCE) => Math.max(...(await rowsOfTurns(admin, rows)));
  await admin.paste(lines);
  await admin.confirmIntake();
  assert.ok((await largest()) <= MOST_IN_A_TURN, "drawing them");
  const { breaks } = await admin.page.evaluate(() => globalThis.turns);
  assert.ok(breaks >= SOURCES / MOST_IN_A_TURN, `${breaks} breaks while they were taken`);
  await admin.selectAll();
  assert.ok((await largest()) <= MOST_IN_A_TURN, "selecting all");
  await admin.choose("REFRESH");
  await largest();
  admin.emulator.failNext({ stall: true, times: SOURCES });
  await admin.setSelected.click();
  assert.ok((await largest()) <= MOST_IN_A_TURN, "setting all");
  await admin.page.getByRole("button", { name: "Cancel all" }).click();
  assert.ok((await largest()) <= MOST_IN_A_TURN, "cancelling");
  await admin.page.getByLabel("Filter by id or name").fill("name 3");
  assert.ok((await largest(ROWS_AT_ONCE / 2)) <= MOST_IN_A_TURN, "narrowing the list");
});

browserTest("of 1,000 sources as many rows are drawn as somebody scrolls to", async (t) => {
  const admin = await openConnected(t, { sources: [] });
  await admin.paste(lines);
  await admin.confirmIntake();
  // The button for more rows appears after the rows above it.
  await admin.page.locator("#more-sources:not([hidden])").waitFor({ state: "attached" });
  assert.equal(await admin.page.locator(".source").count(), ROWS_AT_ONCE);
  await admin.page.locator("#list-scroller").evaluate((scroller) => scroller.scrollTo(0, 1e6));
  await admin.page.waitForFunction(() => document.querySelectorAll(".source").length === 200);
  await admin.page.locator("#more-sources").focus();
  await admin.page.waitForFunction(() => document.querySelectorAll(".source").length >= 300);
  const focused = () => admin.page.evaluate(() => document.activeElement.closest(".source")?.dataset.id);
  assert.equal(await focused(), "source-200", "the keyboard goes on where it was");
});
