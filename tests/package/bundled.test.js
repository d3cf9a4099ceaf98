import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, test } from "node:test";
import { build } from "esbuild";
import { Project } from "./project.js";
import { pack } from "./tarball.js";

const tarball = pack();
const project = new Project(tarball.path);
after(() => {
  project.remove();
  rmSync(tarball.folder, { recursive: true });
});

const use = `import { StatusClient, statuses } from "push-source-status"; statuses(); console.log(typeof StatusClient);`;

async function bundle(contents, options = {}) {
  const { outputFiles, warnings } = await build({
    stdin: { contents, resolveDir: project.folder },
    bundle: true,
    write: false,
    ...options,
  });
  assert.deepEqual(warnings, []);
  return outputFiles[0].text;
}

for (const { name, options } of [
  { name: "a module for browsers", options: { format: "esm" } },
  { name: "a script for browsers", options: { format: "iife" } },
  { name: "a minified script for browsers", options: { format: "iife", minify: true } },
  {
    name: "a module for Node",
    options: { format: "esm", platform: "node", banner: { js: requireInModule() } },
  },
  { name: "CommonJS for Node", options: { format: "cjs", platform: "node" } },
]) {
  test(`it works when it is bundled into ${name}`, async () => {
    const extension = options.format === "cjs" ? "cjs" : "mjs";
    const program = project.write(`bundled.${extension}`, await bundle(use, options));
    assert.equal(project.run([process.execPath, program]), "function\n");
  });
}

test("what is not used is left out, the bytes first of all", async () => {
  const nothing = await bundle(`import { StatusClient } from "push-source-status";`, { format: "esm" });
  assert.equal(nothing.trim(), "");
  const error = await bundle(`import { StatusError } from "push-source-status"; console.log(StatusError);`);
  assert.ok(!error.includes("\\0asm"));
});

/** What esbuild's users write to have CommonJS inside of a module for Node. */
function requireInModule() {
  return `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;
}
