import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSources as parseFile } from "../../pkg/cli/sources-file.js";
import { formatSources, nameFrom, parseSources } from "../../www/sources-text.js";

const TEXT = "\ufeffa\r\n b\tB  and b \n#c\nd #e\nf#g  h # i\n\n  # j\nk  l#m\rn # o\r";

test("the page reads a list as the command line does", () => {
  const file = parseFile(TEXT, "list").map(({ id, name = "" }) => ({ id, name }));
  assert.equal(file.length, 6);
  assert.deepEqual(parseSources(TEXT), file);
});

test("what the page writes it reads again, and so does the command line", () => {
  const sources = parseSources(TEXT);
  assert.deepEqual(parseSources(formatSources(sources)), sources);
  assert.deepEqual(
    parseFile(formatSources(sources), "list").map(({ id, name = "" }) => ({ id, name })),
    sources,
  );
});

test("a name is what a line can hold", () => {
  assert.equal(nameFrom("  Help\n desk  #1 # new"), "Help desk");
  assert.equal(nameFrom("C#"), "C#");
  assert.equal(nameFrom("# 1"), "");
});
