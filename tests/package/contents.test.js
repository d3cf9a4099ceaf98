import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { packageRoot, readJson, root } from "../../scripts/project.js";
import { pack } from "./tarball.js";

const tarball = pack();
after(() => rmSync(tarball.folder, { recursive: true }));

const manifest = readJson(join(packageRoot, "package.json"));
const text = (path) => readFileSync(join(packageRoot, path), "latin1");

test("the tarball holds what the package needs, and nothing else", () => {
  const dist = [
    "bytes.js",
    "cli.js",
    "core.cjs",
    "core.js",
    "emulator-faults.d.cts",
    "emulator-records.d.cts",
    "emulator.cjs",
    "emulator.d.cts",
    "emulator.d.ts",
    "emulator.mjs",
    "env.cjs",
    "env.d.cts",
    "env.d.ts",
    "env.mjs",
    "index.cjs",
    "index.d.cts",
    "index.d.ts",
    "index.js",
    "journal-browser.cjs",
    "journal-browser.js",
    "journal-entries.d.cts",
    "journal.cjs",
    "journal.d.cts",
    "journal.d.ts",
    "journal.mjs",
    "node-wasm.mjs",
    "node.mjs",
    "push_source_status_bg.wasm",
    "push_source_status_bg.wasm.d.cts",
    "wasm.cjs",
    "wasm.d.cts",
    "wasm.d.ts",
    "wasm.js",
    "workerd.js",
  ];
  const expected = [
    "LICENSE",
    "README.md",
    "package.json",
    ...dist.map((name) => `dist/${name}`),
    "bin/push-source-status.js",
    ...["README.md", "icon.svg", "index.html", "marks.svg", "page.css", "page.js"].map(
      (name) => `page/${name}`,
    ),
  ];
  assert.deepEqual(tarball.files.toSorted(), expected.toSorted());
});

test("nothing is installed along with the package", () => {
  for (const kind of ["dependencies", "peerDependencies", "optionalDependencies", "bundleDependencies"]) {
    assert.equal(manifest[kind], undefined, kind);
  }
  for (const script of ["preinstall", "install", "postinstall"]) {
    assert.equal(manifest.scripts?.[script], undefined, script);
  }
});

test("no file shows on which machine it was built", () => {
  for (const path of tarball.files) {
    for (const place of [root, `${homedir()}/`]) assert.ok(!text(path).includes(place), `${path}: ${place}`);
  }
});

test("no bundler sees an address of the wasm file", () => {
  const imported = tarball.files.filter((name) => /^dist\/.*\.[cm]?js$/.test(name) && name !== "dist/cli.js");
  for (const path of imported) {
    assert.ok(!text(path).includes("import.meta"), path);
  }
});

test("the bytes in the JavaScript are those of the file", async () => {
  const { bytes } = await import(join(packageRoot, "dist/bytes.js"));
  const file = readFileSync(join(packageRoot, "dist/push_source_status_bg.wasm"));
  assert.equal(Buffer.compare(bytes(), file), 0);
});

test("the inlined module is plain ASCII", () => {
  for (const path of ["dist/index.js", "dist/bytes.js"]) {
    const beyond = Buffer.from(text(path), "latin1").findIndex((byte) => byte > 127);
    assert.equal(beyond, -1, `${path}: byte ${beyond}`);
  }
});

test("the public types name no `any`", () => {
  const withoutComments = text("dist/index.d.cts").replace(/\/\*[\s\S]*?\*\//g, "");
  assert.doesNotMatch(withoutComments, /\bany\b/);
});
