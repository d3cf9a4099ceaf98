import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { basename, join } from "node:path";
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
  const { outputFiles, metafile, warnings } = await build({
    stdin: { contents, resolveDir: project.folder },
    bundle: true,
    write: false,
    metafile: true,
    outfile: "bundle.js",
    ...options,
  });
  assert.deepEqual(warnings, []);
  const { inputs } = metafile.outputs["bundle.js"];
  const files = Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0);
  return { text: outputFiles[0].text, files: files.map((path) => basename(path)) };
}

for (const { name, options } of [
  { name: "a module for browsers", options: { format: "esm" } },
  { name: "a script for browsers", options: { format: "iife" } },
  { name: "a minified script for browsers", options: { format: "iife", minify: true } },
  { name: "a module for Node", options: { format: "esm", platform: "node" } },
  { name: "CommonJS for Node", options: { format: "cjs", platform: "node" } },
]) {
  test(`it works when it is bundled into ${name}`, async () => {
    const extension = options.format === "cjs" ? "cjs" : "mjs";
    const program = project.write(`bundled.${extension}`, (await bundle(use, options)).text);
    assert.equal(project.run([process.execPath, program]), "function\n");
  });
}

test("the emulator works when it is bundled into a module for Node, as it is", async () => {
  const use = `import { startEmulator } from "push-source-status/emulator";
  const emulator = await startEmulator();
  const url = emulator.endpoint + "/organizations/o/sources/s/status?statusType=REBUILD";
  await fetch(url, { method: "POST", headers: { Authorization: "Bearer t" } });
  await emulator.close();
  console.log(emulator.activities("s").length);`;
  const { text } = await bundle(use, { format: "esm", platform: "node" });
  assert.equal(project.run([process.execPath, project.write("emulator.mjs", text)]), "1\n");
});

for (const { name, options, extension } of [
  { name: "a module for browsers", options: { format: "esm" }, extension: "mjs" },
  {
    name: "CommonJS for browsers",
    options: { format: "cjs", platform: "browser", conditions: ["require"] },
    extension: "cjs",
  },
]) {
  test(`the journal is bundled into ${name} without Node's modules`, async () => {
    const contents = `import { fileJournal, storageJournal } from "push-source-status/journal";
      try { fileJournal(); } catch (error) { console.log(typeof storageJournal, error.message); }`;
    const { text, files } = await bundle(contents, { platform: "browser", ...options });
    assert.ok(files.includes("journal-browser.js") || files.includes("journal-browser.cjs"), `${files}`);
    assert.doesNotMatch(text, /"node:/);
    const program = project.write(`journal.${extension}`, text);
    assert.match(
      project.run([process.execPath, program]),
      /^function fileJournal needs files.*use storageJournal/,
    );
  });
}

test("the journal and the settings work when they are bundled into a module for Node, as it is", async () => {
  const use = `import { clientFromEnv } from "push-source-status/env";
  import { fileJournal } from "push-source-status/journal";
  const env = { COVEO_ORGANIZATION_ID: "org", COVEO_ACCESS_TOKEN: "token" };
  console.log(clientFromEnv({ env }).request("s", "IDLE").method, (await fileJournal({ directory: "none" }).entries()).length);`;
  const { text } = await bundle(use, { format: "esm", platform: "node" });
  assert.equal(project.run([process.execPath, project.write("journal-node.mjs", text)]), "POST 0\n");
});

test("a module for Node with every entry, imported and required, has one StatusError", async () => {
  const use = `import * as imported from "push-source-status";
  import * as apart from "push-source-status/wasm";
  import { clientFromEnv } from "push-source-status/env";
  import { fileJournal } from "push-source-status/journal";
  const entries = [imported, apart, require("push-source-status"), require("push-source-status/wasm")];
  const makers = [clientFromEnv, require("push-source-status/env").clientFromEnv];
  const errors = makers.map((make) => { try { make({ env: {} }); } catch (error) { return error; } });
  const journals = new Set([fileJournal, require("push-source-status/journal").fileJournal]);
  const classes = new Set([...entries.map((entry) => entry.StatusError), ...errors.map((error) => error.constructor)]);
  console.log(classes.size, journals.size);`;
  const { text } = await bundle(use, { format: "esm", platform: "node" });
  assert.equal(project.run([process.execPath, project.write("every-entry.mjs", text)]), "1 1\n");
});

test("an uncaught error of a minified module is printed without the bytes, which are on a line of their own", async () => {
  const use = `import { StatusClient } from "push-source-status"; new StatusClient({ organizationId: "org" });`;
  const { text } = await bundle(use, { format: "esm", platform: "node", minify: true });
  const program = project.write("uncaught.mjs", text);
  const { stderr } = spawnSync(process.execPath, [join(project.folder, program)], { encoding: "utf8" });
  assert.ok(stderr.includes("[StatusError]: accessToken is missing"));
  const bytes = text.split("\n").sort((one, other) => other.length - one.length)[0];
  const middle = bytes.slice(bytes.length / 2, bytes.length / 2 + 100);
  assert.ok(!stderr.includes(middle), `${stderr.length} characters were printed`);
  assert.ok(!/["$\\`]/.test(bytes), "code stands on the line of the bytes");
});

test("what is not used is left out, the bytes first of all", async () => {
  const nothing = await bundle(`import { StatusClient } from "push-source-status";`, { format: "esm" });
  assert.equal(nothing.text.trim(), "");
  const used = await bundle(use, { format: "esm" });
  assert.ok(used.files.includes("bytes.js"), `${used.files}`);
  const error = await bundle(`import { StatusError } from "push-source-status"; console.log(StatusError);`);
  assert.ok(!error.files.includes("bytes.js"), `${error.files}`);
});
