import assert from "node:assert/strict";
import { ORGANIZATION, OTHER_SOURCE, openAdminPage, openConnected, SOURCE, TOKEN } from "./admin-page.js";
import { browserTest } from "./browser.js";

/** Returns the name of the element with the focus, and whether the focus is visible on it or on the card around it. */
function focused({ page }) {
  return page.evaluate(() => {
    const { activeElement: element } = document;
    // After the last element, the focus moves into the browser's own frame.
    if (element === document.body) return { name: "", isVisible: true };
    const name = element.labels?.[0]?.innerText ?? element.innerText ?? "";
    const around = element.closest(".choice") ?? element;
    const { outlineStyle, outlineWidth } = getComputedStyle(around);
    return { name: name.trim(), isVisible: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2 };
  });
}

/** Presses a key until the focus is on an element. The focus must be visible at every stop. */
async function moveTo(admin, name, key = "Tab") {
  for (let step = 0; step < 40; step += 1) {
    await admin.page.keyboard.press(key);
    const focus = await focused(admin);
    assert.ok(focus.isVisible, `the focus cannot be seen on "${focus.name}"`);
    if (name.test(focus.name)) return;
  }
  assert.fail(`no way to ${name}`);
}

browserTest("from an empty page to IDLE with the keyboard alone", async (t) => {
  const admin = await openAdminPage(t);
  const { keyboard } = admin.page;

  await moveTo(admin, /^Organization id/);
  await keyboard.type(ORGANIZATION);
  await moveTo(admin, /^Region/);
  await keyboard.type("Endp");
  await moveTo(admin, /^Endpoint/);
  await keyboard.type(admin.emulator.endpoint);
  await moveTo(admin, /^Access token/);
  await keyboard.type(TOKEN);
  await keyboard.press("Enter");

  await admin.page.getByRole("tab", { name: "Live log" }).waitFor();
  assert.match((await focused(admin)).name, /^Add sources/, "the next field has the focus");
  await keyboard.type(SOURCE);
  await keyboard.press("Shift+Enter");
  await keyboard.type(OTHER_SOURCE);
  await keyboard.press("Enter");
  await admin.row(OTHER_SOURCE).waitFor();

  await moveTo(admin, /^IDLE/, "Shift+Tab");
  await moveTo(admin, /^REFRESH/, "ArrowUp");
  await moveTo(admin, /^Set REFRESH/);
  await keyboard.press("Enter");
  await admin.reads(admin.row(SOURCE), "REFRESH Rescan set here");
  assert.match((await focused(admin)).name, /^Set REFRESH/, "the focus stays where it was");

  await moveTo(admin, /^REFRESH/, "Shift+Tab");
  await moveTo(admin, /^IDLE/, "ArrowDown");
  await moveTo(admin, /^Set IDLE/);
  await keyboard.press("Space");
  await admin.reads(admin.row(SOURCE), "IDLE Ready to receive items set here");
  assert.deepEqual(
    admin.calls.map(({ sourceId, statusType }) => [sourceId, statusType]),
    [
      [SOURCE, "REFRESH"],
      [SOURCE, "IDLE"],
    ],
  );
});

browserTest("a call is cancelled by keyboard, and the focus goes back to where it came from", async (t) => {
  const admin = await openConnected(t, { status: "REBUILD" });
  admin.emulator.failNext({ stall: true });
  await moveTo(admin, /^Set REBUILD/);
  await admin.page.keyboard.press("Enter");
  await admin.reads(admin.row(SOURCE), "attempt 1");
  await moveTo(admin, /^Cancel$/, "Shift+Tab");
  await admin.page.keyboard.press("Enter");
  await admin.reads(admin.row(SOURCE), "Cancelled");
  assert.match((await focused(admin)).name, /^Set REBUILD/);
});

browserTest("a question begins at the harmless answer, keeps the focus in, and gives it back", async (t) => {
  const admin = await openConnected(t, { status: "IDLE" });
  await moveTo(admin, /^Set IDLE/);
  await admin.page.keyboard.press("Enter");
  await admin.dialog.waitFor();
  assert.equal((await focused(admin)).name, "Leave as it is");
  await moveTo(admin, /^Set IDLE/);
  await moveTo(admin, /^Leave as it is/);
  await admin.page.keyboard.press("Enter");
  await admin.dialog.waitFor({ state: "hidden" });
  assert.match((await focused(admin)).name, /^Set IDLE/);
  assert.equal(admin.calls.length, 0);
});

browserTest("the log can be reached and scrolled", async (t) => {
  const sources = Array.from({ length: 20 }, (_, index) => `source-${index}`);
  const admin = await openConnected(t, { sources, status: "REFRESH" });
  await admin.selectAll();
  await admin.setSelected.click();
  // Each source has three events. The log follows its end while it grows.
  await admin.page.waitForFunction(() => document.querySelectorAll("#log-list li").length === 60);
  await admin.log.focus();
  const top = () => admin.log.evaluate((log) => log.scrollTop);
  const before = await top();
  await admin.page.keyboard.press("PageUp");
  await admin.page.waitForFunction((before) => document.activeElement.scrollTop < before, before);
});
