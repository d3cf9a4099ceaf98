import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { steps } from "../../scripts/checks/steps.js";
import { readJson, root } from "../../scripts/project.js";

const read = (name) => readFileSync(join(root, name), "utf8");
const matches = (text, pattern) => [...text.matchAll(pattern)].map(([, found]) => found);

const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CHANGELOG.md",
  "docs/compatibility.md",
  "docs/design.md",
  "docs/emulator.md",
  "docs/glossary.md",
  "docs/journal.md",
  "docs/library.md",
  "docs/migration.md",
  "docs/operators.md",
  "docs/page.md",
  "docs/push-api.md",
  "docs/reliability.md",
  "docs/shell.md",
];

/** Paths: folders end in a slash, and files have an ending. Patterns do not match. */
const path = /`((?:[\w.-]+\/)+(?:[\w.-]+\.\w+)?)`/g;
/** Paths that the build makes, and the host of an example. */
const elsewhere = /^(pkg\/(dist|wasm)|target|eu\.evil\.com)\//;

/** The links of a document to files of the repository. */
function linksOf(name) {
  return matches(read(name), /\]\(([^)]+)\)/g)
    .filter((link) => !link.includes("://"))
    .map((link) => link.split("#"))
    .map(([path, heading]) => ({ target: path ? join(dirname(name), path) : name, heading }));
}

/** The headings of a document, as links name them. */
function headingsOf(name) {
  return matches(read(name), /^#+ (.*)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );
}

for (const name of documents) {
  const text = read(name);

  test(`${name}: the files of the repository that it names are there`, () => {
    const named = matches(text, path).filter((found) => !elsewhere.test(found));
    const linked = linksOf(name).map(({ target }) => target);
    const missing = [...named, ...linked].filter((target) => !existsSync(join(root, target)));
    assert.deepEqual(missing, []);
    // TypeDoc copies linked files into the reference, but no folders.
    const folders = linked.filter((target) => statSync(join(root, target)).isDirectory());
    assert.deepEqual(folders, []);
  });

  test(`${name}: the headings that it links are there`, () => {
    const missing = linksOf(name).filter(
      ({ target, heading }) => heading && !headingsOf(target).includes(heading),
    );
    assert.deepEqual(missing, []);
  });

  test(`${name}: the commands that it names are scripts of the repository`, () => {
    const { scripts } = readJson(join(root, "package.json"));
    const missing = matches(text, /`npm run ([\w-]+)/g).filter((script) => scripts[script] === undefined);
    assert.deepEqual(missing, []);
  });
}

test("what continuous integration runs are scripts of the repository", () => {
  const { scripts } = readJson(join(root, "package.json"));
  const [commands] = matches(read(".github/workflows/ci.yml"), /^ +command: \[(.*)\]$/gm);
  assert.deepEqual(
    commands.split(", ").filter((command) => scripts[command] === undefined),
    [],
  );
});

test("CONTRIBUTING.md names each step of npm test", () => {
  const rows = matches(read("CONTRIBUTING.md"), /^\| (`[^|]*`) \|/gm).flatMap((cell) =>
    matches(cell, /`([^`]+)`/g),
  );
  const isNamed = ({ name }) =>
    rows.some((row) => row === name || (row.endsWith("…") && name.startsWith(row.slice(0, -1))));
  assert.deepEqual(
    steps.filter((step) => !isNamed(step)).map(({ name }) => name),
    [],
  );
});

test("the rows that tests name are rows of docs/reliability.md", () => {
  const rows = new Set(matches(read("docs/reliability.md"), /^\| (\d+) \|/gm));
  const named = readdirSync(join(root, "tests"), { recursive: true })
    .filter((file) => file.endsWith(".test.js"))
    .flatMap((file) => matches(read(join("tests", file)), /\brows? (\d+)/g));
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter((row) => !rows.has(row)),
    [],
  );
});

const types = read("pkg/dist/index.d.cts");
const readme = read("README.md");

/** The first cells of a table in the README, by the heading of the first column. */
function firstCells(heading) {
  const [, rows] = readme.split(`| ${heading} |`)[1].match(/^[^\n]*\n\|[-|]+\n((?:\|.*\n)+)/);
  return matches(rows, /^\| `([^`]+)` \|/gm);
}

test("the README's table of errors names each code, and no other", () => {
  const union = types.match(/^export type StatusErrorCode = (.*);$/m)[1];
  assert.deepEqual(firstCells("`code`").toSorted(), matches(union, /"(\w+)"/g).toSorted());
});

test("the README's table of options names each option, and no other", () => {
  const members = (name) =>
    matches(
      types.match(new RegExp(`^export interface ${name} \\{\n([\\s\\S]*?)^\\}`, "m"))[1],
      /^ {4}(\w+)\??:/gm,
    );
  const retry = members("RetryOptions").map((name) => `retry.${name}`);
  const expected = [...members("StatusClientOptions").filter((name) => name !== "retry"), ...retry];
  assert.deepEqual(firstCells("option").toSorted(), expected.toSorted());
});

test("docs/library.md names each event, and no other", () => {
  const union = types.match(/^export type StatusEvent = [\s\S]*?\);$/m)[0];
  const named = matches(union, /readonly type: ([^;]+);/g).flatMap((text) => matches(text, /"(\w+)"/g));
  const [, table] = read("docs/library.md")
    .split("| event |")[1]
    .match(/^[^\n]*\n\|[-|]+\n((?:\|.*\n)+)/);
  const cells = matches(table, /^\| ([^|]+) \|/gm).flatMap((cell) => matches(cell, /`(\w+)`/g));
  assert.deepEqual(cells.toSorted(), named.toSorted());
});
