import assert from "node:assert/strict";
import { openAdminPage, openConnected } from "./admin-page.js";
import { browserTest } from "./browser.js";

const STAMP = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d/;

/** Records from now on everything that assistive technology announces by itself. */
async function listen({ page }) {
  await page.evaluate(() => {
    globalThis.heard = [];
    const isLive = (element) => element?.closest("[role=status], [role=alert], [aria-live=polite]");
    new MutationObserver((records) => {
      const places = new Set(
        records.map(({ target }) => isLive(target.nodeType === 3 ? target.parentElement : target)),
      );
      places.delete(null);
      for (const { textContent } of places) globalThis.heard.push(textContent.trim());
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => globalThis.heard);
}

browserTest("results are said, and neither the lines of the log nor each step", async (t) => {
  const ids = Array.from({ length: 20 }, (_, index) => `source-${index}`);
  const admin = await openConnected(t, { sources: ids, status: "REFRESH" });
  await admin.selectAll();
  await admin.reads(admin.page.locator("#selection"), "20 selected of 20");
  const heard = await listen(admin);
  await admin.setSelected.click();
  await admin.reads(admin.page.locator("#said"), "REFRESH · Rescan was set on 20 of 20");
  assert.deepEqual(await heard(), ["REFRESH · Rescan was set on 20 of 20"]);
  admin.emulator.failNext({ status: 404 });
  await admin.choose("IDLE");
  await admin.set(ids[3]);
  await admin.reads(admin.page.locator("#said"), "source-3: the service answered 404");
  assert.equal(await admin.log.getAttribute("aria-live"), "off");
});

browserTest("the name of each control of a row ends with its source", async (t) => {
  const admin = await openConnected(t, { sources: ["wiki-1 Wiki"], status: "REFRESH" });
  const row = admin.page.locator(".source");
  await row.getByRole("button", { name: /^Set REFRESH · Rescan ?: Wiki$/ }).click();
  await admin.reads(row, "active for");
  await row.getByRole("button", { name: "Details: Wiki" }).click();
  for (const button of await row.getByRole("button").all()) {
    const name = await button.evaluate((element) => element.ariaLabel ?? element.textContent);
    assert.match(name, /: Wiki$/);
  }
  assert.equal(await row.getByRole("checkbox", { name: "Select: Wiki" }).count(), 1);
});

browserTest("printing prints the whole list, and nothing that is of no use on paper", async (t) => {
  const admin = await openConnected(t, { sources: [] });
  await admin.paste(Array.from({ length: 150 }, (_, index) => `source-${index}`).join("\n"));
  await admin.page.locator("#more-sources:not([hidden])").waitFor({ state: "attached" });
  await admin.page.emulateMedia({ media: "print" });
  await admin.page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await admin.page.locator(".source").count(), 150);
  assert.equal(await admin.page.getByRole("button").count(), 0);
  const { bottom, height } = await admin.page.evaluate(() => ({
    bottom: document.querySelector(".source:last-child").getBoundingClientRect().bottom,
    height: document.documentElement.scrollHeight,
  }));
  assert.ok(bottom <= height, "the last one is on the paper");
});

browserTest("what is downloaded has its times with their dates and zone", async (t) => {
  const admin = await openConnected(t, {
    sources: ["a", "b"],
    status: "REFRESH",
    context: { timezoneId: "Asia/Kolkata" },
  });
  await admin.set("a");
  await admin.reads(admin.row("a"), "active for");
  const [line] = (await admin.downloadBy("Download")).split("\n");
  assert.match(JSON.parse(line).at, new RegExp(`^${STAMP.source}$`));
  assert.ok(JSON.parse(line).at.endsWith("+05:30"));
  const list = await admin.downloadBy("Export");
  assert.match(
    list,
    new RegExp(
      `^# Push sources of .*, ${STAMP.source}\na  # active: REFRESH · Rescan since ${STAMP.source}\nb\n$`,
    ),
  );
});

browserTest("what is chosen is seen in forced colours", async (t) => {
  const admin = await openConnected(t, { status: "REFRESH", context: { forcedColors: "active" } });
  const outline = (selector) =>
    admin.page.locator(selector).evaluate((element) => getComputedStyle(element).outlineStyle);
  assert.equal(await outline(".choice:has(:checked)"), "solid");
  assert.equal(await outline(".choice:has([value=IDLE])"), "none");
  assert.equal(await outline(".kind[aria-pressed=true]"), "solid");
});

browserTest("what is wrong at a field is said by the field's label", async (t) => {
  const admin = await openAdminPage(t);
  await admin.connect({ organization: "my org", endpoint: "nonsense", token: "" });
  assert.match(await admin.problemAt("Organization id"), /^Organization id "my org" contains/);
  await admin.field("Organization id").fill("my-org");
  await admin.page.getByRole("button", { name: "Connect" }).click();
  assert.match(
    (await admin.problemAt("Endpoint")) ?? (await admin.problemAt("Access token or API key")),
    /^(Endpoint|Access token or API key) /,
  );
});
