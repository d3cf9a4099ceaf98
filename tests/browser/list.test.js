import assert from "node:assert/strict";
import { openConnected } from "./admin-page.js";
import { browserTest } from "./browser.js";

const LIST = `# what the wiki team has
wiki-pages   Wiki
wiki-files   Files of the wiki # the large ones

tickets
`;

async function openList(t, options) {
  const admin = await openConnected(t, { sources: [], ...options });
  await admin.paste(LIST);
  await admin.confirmIntake();
  await admin.row("tickets").waitFor();
  return admin;
}

browserTest("hundreds are pasted as a file has them: ids, names, comments", async (t) => {
  const admin = await openList(t);
  await admin.shows(["Wiki wiki-pages", "Files of the wiki wiki-files", "tickets"]);
  await admin.reads(admin.page.getByRole("status"), "3 added");
  await admin.paste("wiki-pages\nwiki-files  Files\nwiki-news\n../wiki");
  await admin.confirmIntake();
  await admin.reads(admin.page.getByRole("status"), "1 added, 1 renamed, 1 already in the list");
  await admin.shows(["Wiki wiki-pages", "Files wiki-files", "tickets", "wiki-news"]);
  assert.equal(await admin.field("Add sources").inputValue(), "../wiki", "what is no id stays to be mended");
});

browserTest("a source is renamed, as a list can hold it, and back", async (t) => {
  const admin = await openList(t);
  await admin.page.locator(".source").nth(2).getByRole("button", { name: "Details" }).click();
  const rename = async (row, name, button = "Name it") => {
    await row.getByRole("button", { name: "Rename" }).click();
    await admin.dialog.getByLabel("Name").fill(name);
    await admin.dialog.getByRole("button", { name: button }).click();
  };
  const row = admin.page.locator(".source").nth(2);
  await rename(row, "  Help   desk # and more ");
  await admin.reads(row, "Help desk");
  await rename(row, "Another", "Leave as it is");
  await admin.shows(["Wiki wiki-pages", "Files of the wiki wiki-files", "Help desk tickets"]);
  await rename(row, "");
  await admin.reads(admin.row("tickets"), "tickets");
});

browserTest("the list is narrowed by words and by what is known, and sorted", async (t) => {
  const admin = await openList(t, { status: "REBUILD" });
  await admin.set("tickets");
  await admin.reads(admin.row("tickets"), "set here");
  const tools = admin.page.getByRole("group", { name: "What of the list is shown" });
  const filter = tools.getByLabel("Filter by id or name");
  await filter.fill("WIKI large");
  await admin.reads(admin.page.locator("main"), "None of your sources is like that");
  await filter.fill("WIKI files");
  await admin.shows(["Files of the wiki wiki-files"]);
  await filter.fill("");
  await admin.kind("Active 1").click();
  await admin.shows(["tickets"]);
  await admin.kind("All 3").click();
  await tools.getByLabel("Order").selectOption({ label: "by name or id" });
  await admin.shows(["Files of the wiki wiki-files", "tickets", "Wiki wiki-pages"]);
  await tools.getByLabel("Order").selectOption({ label: "last set first" });
  await admin.shows(["tickets", "Wiki wiki-pages", "Files of the wiki wiki-files"]);
});

browserTest("a range is selected with Shift, by mouse and by keyboard; all shown by one box", async (t) => {
  const ids = ["a", "b", "c", "d", "e"];
  const admin = await openConnected(t, { sources: ids, status: "REFRESH" });
  await admin.select("b");
  await admin.select("d", { modifiers: ["Shift"] });
  await admin.reads(admin.page.locator("#selection"), "3 selected of 5");
  await admin.page.keyboard.press("Shift+ArrowDown");
  await admin.reads(admin.page.locator("#selection"), "4 selected of 5");
  // Rows are drawn a few at a time.
  await admin.page.waitForFunction(
    () => document.querySelectorAll(".source:has(input:checked)").length === 4,
  );

  const all = admin.page.getByLabel("Select all shown");
  assert.equal(await all.evaluate((box) => box.indeterminate), true);
  await admin.page.getByLabel("Filter by id or name").fill("a");
  await all.check();
  await admin.page.getByLabel("Filter by id or name").fill("");
  await admin.reads(admin.page.locator("#selection"), "5 selected of 5");
  await all.uncheck();
  await admin.reads(admin.page.locator("#selection"), "None selected of 5");
  assert.equal(await admin.setSelected.isVisible(), false);
});

browserTest("what is selected is set, also when it is not shown, and nothing else is", async (t) => {
  const admin = await openConnected(t, { sources: ["a", "b", "c"], status: "REFRESH" });
  await admin.select("a");
  await admin.select("c");
  await admin.page.getByLabel("Filter by id or name").fill("b");
  await admin.reads(admin.page.locator("#selection"), "2 selected, 2 of them hidden by the filter");
  await admin.setSelected.click();
  await admin.reads(admin.dialog, "2 of these 2 sources are selected and hidden by the filter");
  await admin.dialog.getByRole("button", { name: "on all 2" }).click();
  await admin.reads(admin.page.locator("#bulk"), "REFRESH · Rescan was set on 2 of 2");
  assert.deepEqual(admin.emulator.sourceIds.toSorted(), ["a", "c"]);
});

browserTest("many are removed after a question that names what was set active here", async (t) => {
  const admin = await openConnected(t, { sources: ["a", "b", "c"], status: "REFRESH" });
  await admin.set("b");
  await admin.reads(admin.row("b"), "set here");
  await admin.select("a");
  await admin.select("b");
  await admin.page.getByRole("button", { name: "Remove from the list", exact: true }).click();
  await admin.reads(admin.dialog, "1 of them is active, set here");
  await admin.dialog.getByRole("button", { name: "Remove from the list" }).click();
  await admin.row("b").waitFor({ state: "detached" });
  await admin.shows(["c"]);
});

browserTest("the exported list is what a command line reads, and comes back by import", async (t) => {
  const admin = await openList(t);
  const text = await admin.downloadBy("Export");
  assert.match(
    text,
    /^# Push sources of .*\nwiki-pages {2}Wiki\nwiki-files {2}Files of the wiki\ntickets\n$/,
  );
  await admin.page.getByLabel("Select all shown").check();
  await admin.page.getByRole("button", { name: "Remove from the list", exact: true }).click();
  await admin.dialog.getByRole("button", { name: "Remove from the list" }).click();
  await admin.reads(admin.page.locator("main"), "No sources yet");
  const file = { name: "sources.txt", mimeType: "text/plain", buffer: Buffer.from(text) };
  await admin.page.getByLabel("Import").setInputFiles(file);
  await admin.confirmIntake();
  await admin.row("tickets").waitFor();
  await admin.shows(["Wiki wiki-pages", "Files of the wiki wiki-files", "tickets"]);
});
