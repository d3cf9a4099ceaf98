import assert from "node:assert/strict";
import { LATER, OTHER_SOURCE, openAdminPage, openConnected, SOURCE } from "./admin-page.js";
import { browserTest } from "./browser.js";

const WIDTHS = [360, 390, 768, 1087, 1088, 1280, 1920, 2560];

/** The least contrast that WCAG accepts for text of this size. */
const LEAST_CONTRAST = 4.5;

/** Returns elements whose content does not fit: it would be cut off, or make the page scroll sideways. */
function overhang({ page }) {
  return page.evaluate(() =>
    [...document.querySelectorAll("html, body *")]
      .filter((element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth)
      .filter((element) => getComputedStyle(element).overflowX === "visible")
      .map(({ outerHTML }) => outerHTML.slice(0, 80)),
  );
}

/** Returns texts with too little contrast to their background. Disabled text may be faint. */
function faintTexts({ page }) {
  return page.evaluate((leastContrast) => {
    const channels = (color) => color.match(/[\d.]+/g).map(Number);
    const luminance = ([red, green, blue]) => {
      const [r, g, b] = [red, green, blue].map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (element) => {
      for (let node = element; node; node = node.parentElement) {
        const color = channels(getComputedStyle(node).backgroundColor);
        if (color.length === 3 || color[3] === 1) return color;
      }
      return [255, 255, 255];
    };
    const hasText = (element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
    return [...document.body.querySelectorAll("*")]
      .filter((element) => hasText(element) && element.checkVisibility())
      .filter((element) => !element.closest("[aria-disabled=true], option, optgroup"))
      .map((element) => {
        const [a, b] = [channels(getComputedStyle(element).color), ground(element)].map(luminance);
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        return { text: element.textContent.trim().slice(0, 40), contrast };
      })
      .filter(({ contrast }) => contrast < leastContrast);
  }, LEAST_CONTRAST);
}

/** Connects, and brings sources into every state that lasts. */
async function makeBusy(admin) {
  await admin.connect();
  await admin.add(SOURCE, OTHER_SOURCE, "source-a", "source-b", "source-c", "source-d");
  await admin.choose("REFRESH");
  await admin.set(SOURCE);
  await admin.reads(admin.row(SOURCE), "set here");
  admin.emulator.failNext({ status: 404, sourceId: OTHER_SOURCE });
  admin.emulator.failNext({ stall: true, sourceId: "source-a", times: 2 });
  admin.emulator.failNext({ status: 429, sourceId: "source-b", ...LATER });
  await admin.set(OTHER_SOURCE);
  await admin.reads(admin.row(OTHER_SOURCE), "404");
  await admin.set("source-a");
  await admin.row("source-a").getByRole("button", { name: "Cancel" }).click();
  await admin.reads(admin.row("source-a"), "Cancelled");
  await admin.set("source-a");
  await admin.dialog.getByRole("button", { name: "Set REFRESH" }).click();
  await admin.set("source-b");
  await admin.reads(admin.row("source-b"), "throttled until");
}

browserTest("light and dark: every text stands out from what is behind it", async (t) => {
  // With reduced motion, colours change at once.
  const context = { reducedMotion: "reduce", viewport: { width: 1280, height: 2000 } };
  const admin = await openAdminPage(t, { context });
  const look = async () => {
    for (const colorScheme of ["light", "dark"]) {
      await admin.page.emulateMedia({ colorScheme });
      assert.deepEqual(await faintTexts(admin), [], colorScheme);
    }
  };
  await admin.page.getByRole("button", { name: "Connect" }).click();
  await look();
  await makeBusy(admin);
  await look();
  await admin.choose("IDLE");
  await admin.set("source-c");
  await admin.dialog.waitFor();
  await look();
});

browserTest("light and dark follow the system", async (t) => {
  const admin = await openAdminPage(t, { context: { colorScheme: "light" } });
  const background = () => admin.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await admin.page.emulateMedia({ colorScheme: "dark" });
  assert.notEqual(await background(), light);
});

browserTest("from 360 to 2560 pixels nothing sticks out", async (t) => {
  const admin = await openAdminPage(t, { context: {} });
  const look = async () => {
    for (const width of WIDTHS) {
      await admin.page.setViewportSize({ width, height: 800 });
      assert.deepEqual(await overhang(admin), [], `${width} px`);
    }
  };
  await admin.page.getByRole("button", { name: "Connect" }).click();
  await look();
  await makeBusy(admin);
  await look();
});

browserTest("on a large screen the choice of a status stays in sight of a long list", async (t) => {
  const sources = Array.from({ length: 60 }, (_, index) => `source-${index}`);
  const admin = await openConnected(t, { sources, context: { viewport: { width: 1280, height: 800 } } });
  await admin.row("source-59").scrollIntoViewIfNeeded();
  const box = await admin.page.getByRole("radio", { name: /^REBUILD/ }).boundingBox();
  assert.ok(box.y > 0 && box.y < 800, `${box.y}`);
});

browserTest("who asks for less motion gets none", async (t) => {
  const admin = await openConnected(t, { status: "REBUILD", context: { reducedMotion: "reduce" } });
  admin.emulator.failNext({ stall: true });
  await admin.set(SOURCE);
  await admin.reads(admin.row(SOURCE), "attempt 1");
  const running = () => admin.page.evaluate(() => document.getAnimations().length);
  assert.equal(await running(), 0);
  await admin.page.emulateMedia({ reducedMotion: "no-preference" });
  assert.equal(await running(), 1, "otherwise the mark of a pending change turns");
});
