import assert from "node:assert/strict";
import { openConnected } from "./admin-page.js";
import { browserTest } from "./browser.js";

const LINES_SHOWN = 300;
const EVENTS_KEPT = 1000;

async function openWithLog(t) {
  const admin = await openConnected(t, { sources: ["wiki", "tickets"], status: "REBUILD" });
  admin.emulator.failNext({ status: 404, sourceId: "tickets" });
  for (const [id, text] of Object.entries({ wiki: "set here", tickets: "404" })) {
    await admin.set(id);
    await admin.reads(admin.row(id), text);
  }
  await admin.reads(admin.log, "404");
  return admin;
}

browserTest("the log is narrowed by words and to what matters", async (t) => {
  const admin = await openWithLog(t);
  const tools = admin.page.locator("#log-tools");
  const lines = admin.log.getByRole("listitem");
  const count = (expected) =>
    admin.page.waitForFunction(
      (expected) => document.querySelectorAll("#log-list li").length === expected,
      expected,
    );
  await count(6);
  await tools.getByLabel("Filter the log").fill("wiki 201");
  await count(1);
  assert.match(await lines.textContent(), /← 201/);
  await tools.getByLabel("Filter the log").fill("");
  await tools.getByLabel("Lines").selectOption("results");
  await count(2);
  await tools.getByLabel("Lines").selectOption("trouble");
  await count(2);
  await tools.getByLabel("Filter the log").fill("nothing like that");
  await admin.reads(admin.log, "No line is like that");
});

browserTest("what is shown is downloaded, an event a line", async (t) => {
  const admin = await openWithLog(t);
  const eventsIn = async () => {
    const text = await admin.downloadBy("Download");
    return text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  };
  const events = await eventsIn();
  assert.deepEqual(
    events.map(({ type }) => type),
    ["attempt", "reply", "done", "attempt", "reply", "failed"],
  );
  assert.match(events[0].at, /^\d{4}-\d\d-\d\dT/);
  await admin.page.getByLabel("Filter the log").fill("tickets");
  assert.equal((await eventsIn()).length, 3);
});

browserTest("the log is bounded, and can be emptied", async (t) => {
  const sources = Array.from({ length: 350 }, (_, index) => `source-${index}`);
  const admin = await openConnected(t, { sources: [], status: "REFRESH" });
  await admin.paste(sources.join("\n"));
  await admin.reads(admin.page.getByRole("status"), "350 added");
  await admin.selectAll();
  await admin.setSelected.click();
  await admin.page.locator("#bulk .outcome", { hasText: "was set on 350 of 350" }).waitFor();
  await admin.page.waitForFunction(
    (shown) => document.querySelectorAll("#log-list li").length === shown,
    LINES_SHOWN,
  );
  const text = await admin.downloadBy("Download");
  assert.equal(text.trim().split("\n").length, EVENTS_KEPT);
  await admin.page.getByRole("button", { name: "Clear" }).click();
  await admin.reads(admin.log, "Nothing has been sent yet");
});
