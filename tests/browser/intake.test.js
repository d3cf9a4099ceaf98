import assert from "node:assert/strict";
import { test } from "node:test";
import { recognise } from "../../www/intake/recognition.js";
import { openConnected } from "./admin-page.js";
import { browserTest } from "./browser.js";

const A = "mycoveocloudv2organizationg8tp8wu3-rp5rxzbdz753uhndklv2ztkfgy";
const B = "mycoveocloudv2organizationg8tp8wu3-k3vq7mxc2n5hw4d8jfzt6ybrau";
const named = [
  { id: A, name: "Wiki pages" },
  { id: B, name: 'Tickets, "new"' },
];
const alone = [A, B].map((id) => ({ id, name: "" }));

for (const [what, text, expected, reading] of [
  ["one id a line", `${A}\r\n\n${B} # comment\n`, alone, "idFirst"],
  ["ids between spaces", `${A} ${B}`, alone, "idsAlone"],
  ["ids between commas", `${A}, ${B}`, alone, "idsAlone"],
  ["ids between commas, over lines", `${A},\n${B},\n`, alone, "idsAlone"],
  [
    "short ids between commas",
    "wiki-1, wiki-2,wiki-3",
    ["wiki-1", "wiki-2", "wiki-3"].map((id) => ({ id, name: "" })),
    "idsAlone",
  ],
  [
    "a text file's lines",
    `${A}  Wiki pages\n${B}  Tickets, "new"`,
    [named[0], { id: B, name: "Tickets, new" }],
    "idFirst",
  ],
  ["cells between tabs", `${A}\tWiki pages\n${B}\t"Tickets, ""new"""`, named, "idFirst"],
  ["names first, between tabs", `Wiki pages\t${A}\n"Tickets, ""new"""\t${B}`, named, "nameFirst"],
  ["semicolons", `${A};Wiki pages\n${B};"Tickets, ""new"""`, named, "idFirst"],
  ["commas and quotes", `"${A}","Wiki pages"\n"${B}","Tickets, ""new"""`, named, "idFirst"],
  ["names first, between spaces", `Wiki pages ${A}`, [named[0]], "nameFirst"],
  ["a header", `Name,Type,Source ID\nWiki pages,PUSH,${A}\n"Tickets, ""new""",PUSH,${B}`, named, "columns"],
  ["a header with the id first", `id\tname\n${A}\tWiki pages`, [named[0]], "columns"],
  ["a quoted cell over two lines", `${A},"Wiki\npages"`, [named[0]], "idFirst"],
  ["JSON", JSON.stringify(named), named, "json"],
  [
    "JSON in a list called sources",
    JSON.stringify({ sources: named.map((source) => ({ ...source, type: "PUSH" })) }),
    named,
    "json",
  ],
  ["JSON of ids", JSON.stringify([A, B]), alone, "json"],
  ["a byte order mark", `\ufeff${A}\n${B}`, alone, "idFirst"],
]) {
  test(`recognised: ${what}`, () => {
    const { readings, read, isPlain } = recognise(text);
    assert.equal(readings[0], reading);
    assert.deepEqual(read(reading), expected);
    assert.equal(isPlain, ["one id a line", "a byte order mark"].includes(what));
  });
}

test("the lines of a text file can be read in the other ways, too", () => {
  const { readings, read } = recognise("wiki Wiki pages");
  assert.deepEqual(readings.toSorted(), ["idFirst", "idsAlone", "nameFirst"]);
  assert.deepEqual(read("idFirst"), [{ id: "wiki", name: "Wiki pages" }]);
  assert.deepEqual(read("nameFirst"), [{ id: "pages", name: "wiki Wiki" }]);
  assert.deepEqual(
    read("idsAlone").map(({ id }) => id),
    ["wiki", "Wiki", "pages"],
  );
});

test("what begins as JSON and is none is refused", () => {
  assert.throws(() => recognise("[1").read("json"), SyntaxError);
  assert.throws(() => recognise('{"a":1}').read("json"), /called “sources”/);
});

browserTest("a table is shown before it is added, can be read in another way, and is undone", async (t) => {
  const admin = await openConnected(t, { sources: ["z"] });
  await admin.paste(`Wiki pages\t${A}\nTickets\t${B}`);
  await admin.reads(admin.dialog, "2 sources were recognised");
  await admin.reads(admin.dialog.getByRole("row").nth(1), `${A}Wiki pages`);
  await admin.dialog.getByLabel("Read as").selectOption({ label: "the id first, then a name" });
  await admin.reads(admin.dialog, "1 cannot be an id");
  await admin.dialog.getByLabel("Read as").selectOption({ label: "a name first, then the id" });
  await admin.confirmIntake();
  await admin.shows(["z", `Wiki pages ${A}`, `Tickets ${B}`]);
  await admin.page.getByRole("button", { name: "Undo" }).click();
  await admin.shows(["z"]);
  assert.equal(admin.calls.length, 0);
});

browserTest("what is not confirmed is not added; ids alone are not asked about", async (t) => {
  const admin = await openConnected(t, { sources: [] });
  await admin.paste(`${A}\tWiki`);
  await admin.dialog.getByRole("button", { name: "Leave as it is" }).click();
  await admin.paste(`${A}\n${B}`);
  await admin.row(B).waitFor();
  assert.equal(await admin.dialog.isVisible(), false);
});

browserTest("what is pasted while another text is being taken is taken after it", async (t) => {
  const admin = await openConnected(t, { sources: [] });
  await admin.paste(`${A}\nx`, `${B}\ny`);
  await admin.shows([A, "x", B, "y"]);
});

browserTest("what is typed while a text is being taken stays in the field", async (t) => {
  const admin = await openConnected(t, { sources: [] });
  await admin.paste(`${A}\tWiki`);
  await admin.page.evaluate(() => (document.getElementById("source-ids").value = "typed"));
  await admin.confirmIntake();
  await admin.shows([`Wiki ${A}`]);
  assert.equal(await admin.field("Add sources").inputValue(), "typed");
});

browserTest("text that begins as JSON and is none stays in the field, with what is wrong", async (t) => {
  const admin = await openConnected(t, { sources: [] });
  await admin.page.getByLabel("Add sources").fill('[{"id": ');
  await admin.page.getByRole("button", { name: "Add", exact: true }).click();
  await admin.page.locator("#source-ids-error:not(:empty)").waitFor();
  assert.match(await admin.problemAt("Add sources"), /begins as JSON does, and cannot be read/);
  assert.equal(await admin.field("Add sources").inputValue(), '[{"id": ');
});

browserTest("what is removed comes back by undo, with what was known of it, and where it was", async (t) => {
  const admin = await openConnected(t, { sources: ["a", "b", "c"], status: "REFRESH" });
  await admin.set("b");
  await admin.reads(admin.row("b"), "active for");
  await admin.select("a");
  await admin.select("b");
  await admin.page.getByRole("button", { name: "Remove from the list", exact: true }).click();
  await admin.reads(admin.dialog.getByRole("listitem").filter({ hasText: "b" }), "active: REFRESH · Rescan");
  await admin.dialog.getByRole("button", { name: "Remove from the list" }).click();
  await admin.shows(["c"]);
  await admin.reads(admin.page.locator("#source-ids-note"), "2 removed");
  await admin.page.getByRole("button", { name: "Undo" }).click();
  await admin.shows(["a", "b", "c"]);
  await admin.reads(admin.row("b"), "active for");
});
