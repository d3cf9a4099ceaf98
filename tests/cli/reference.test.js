import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { COMMON_OPTIONS } from "../../pkg/cli/arguments.js";
import { JOURNAL_OPTIONS } from "../../pkg/cli/journal-folder.js";
import { COMMANDS } from "../../pkg/cli/main.js";
import { CONNECTION_OPTIONS } from "../../pkg/cli/settings.js";

const reference = readFileSync(new URL("../../docs/shell.md", import.meta.url), "utf8");
const sections = new Map(
  reference
    .split(/^## /m)
    .slice(1)
    .map((section) => [/^.*/.exec(section)[0].replaceAll("`", ""), section]),
);

/** Returns the options in the first column of a section's tables. */
function optionsOf(section) {
  return [...section.matchAll(/^\| `--([\w-]+)/gm)].map(([, name]) => name).sort();
}

const SHARED = [
  ["Every command", "#every-command", COMMON_OPTIONS],
  ["Where requests go", "#where-requests-go", CONNECTION_OPTIONS],
  ["The journal", "#the-journal", JOURNAL_OPTIONS],
];

for (const [title, , options] of SHARED) {
  test(`docs/shell.md, ${title}: names each of its options, and no other`, () => {
    assert.deepEqual(optionsOf(sections.get(title)), Object.keys(options).sort());
  });
}

for (const [name, load] of Object.entries(COMMANDS)) {
  test(`docs/shell.md, ${name}: names each of its own options, and no other, and what it shares with others`, async () => {
    const section = sections.get(name);
    const names = new Set(Object.keys((await load()).options));
    for (const [title, link, options] of SHARED) {
      const [first] = Object.keys(options);
      const isTaken = names.has(first) && Object.keys(options).every((option) => names.has(option));
      const isSaid = new RegExp(`\\btakes[^|]*\\]\\(${link}\\)`).test(section);
      assert.equal(isSaid, isTaken, title);
      // The emulator has an option for the organization too, with another meaning.
      if (isTaken) for (const option of Object.keys(options)) names.delete(option);
    }
    assert.deepEqual(optionsOf(section), [...names].sort());
  });
}

test("docs/shell.md has a section for each command, and lists all of them", () => {
  const listed = [...reference.matchAll(/^\| \[`(\w+)`\]\(#(\w+)\) \|/gm)].map(([, name, link]) => {
    assert.equal(name, link);
    return name;
  });
  assert.deepEqual(listed.sort(), Object.keys(COMMANDS).sort());
});
