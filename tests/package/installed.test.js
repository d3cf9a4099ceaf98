import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { Project } from "./project.js";
import { pack } from "./tarball.js";

const tarball = pack();
const project = new Project(tarball.path);
after(() => {
  project.remove();
  rmSync(tarball.folder, { recursive: true });
});

const names = ["StatusClient", "StatusError", "isRegion", "isStatusType", "statuses"];
const withStart = ["StatusClient", "StatusError", "isRegion", "isStatusType", "start", "statuses"];

const journalNames = ["fileJournal", "recoverUnfinished", "storageJournal"];

test("import and require have the names that the documentation has", () => {
  const found = project.evaluate(
    "names.mjs",
    `import { createRequire } from "node:module";
    const require = createRequire(import.meta.url);
    console.log(JSON.stringify({
      imported: Object.keys(await import("push-source-status")),
      required: Object.keys(require("push-source-status")).sort(),
      importedApart: Object.keys(await import("push-source-status/wasm")),
      requiredApart: Object.keys(require("push-source-status/wasm")).sort(),
      emulator: [typeof (await import("push-source-status/emulator")).startEmulator,
        typeof require("push-source-status/emulator").startEmulator],
      journal: Object.keys(await import("push-source-status/journal")),
      requiredJournal: Object.keys(require("push-source-status/journal")).sort(),
      env: Object.keys(await import("push-source-status/env")),
      requiredEnv: Object.keys(require("push-source-status/env")),
    }));`,
  );
  assert.deepEqual(found, {
    imported: names,
    required: names,
    importedApart: withStart,
    requiredApart: withStart,
    emulator: ["function", "function"],
    journal: journalNames,
    requiredJournal: journalNames,
    env: ["clientFromEnv"],
    requiredEnv: ["clientFromEnv"],
  });
});

test("one process has one StatusClient, one StatusError and one instance, however it gets them", () => {
  const found = project.evaluate(
    "one.mjs",
    `import { createRequire } from "node:module";
    let instances = 0;
    WebAssembly.Instance = class extends WebAssembly.Instance {
      constructor(...args) {
        super(...args);
        instances += 1;
      }
    };
    const require = createRequire(import.meta.url);
    const entries = [
      await import("push-source-status"),
      require("push-source-status"),
      await import("push-source-status/wasm"),
      require("push-source-status/wasm"),
    ];
    const before = instances;
    for (const entry of entries) entry.statuses();
    console.log(JSON.stringify({
      clients: new Set(entries.map((entry) => entry.StatusClient)).size,
      errors: new Set(entries.map((entry) => entry.StatusError)).size,
      before,
      after: instances,
    }));`,
  );
  assert.deepEqual(found, { clients: 1, errors: 1, before: 0, after: 1 });
});

const printStatuses = `console.log(require("push-source-status").statuses().length);`;

test("CommonJS takes the bytes from their file, where nothing may require a module too", () => {
  const program = project.write("from-file.cjs", printStatuses);
  assert.equal(project.run([process.execPath, "--no-experimental-require-module", program]), "4\n");
});

test("where the file is missing or is another one, CommonJS takes the bytes from their text", (t) => {
  const file = join(project.folder, "node_modules/push-source-status/dist/push_source_status_bg.wasm");
  const bytes = readFileSync(file);
  t.after(() => writeFileSync(file, bytes));
  const program = project.write("from-text.cjs", printStatuses);
  writeFileSync(file, "the file of another version");
  assert.equal(project.run([process.execPath, program]), "4\n");
  rmSync(file);
  assert.equal(project.run([process.execPath, program]), "4\n");
});

test("row 60: a package that is out of reach after its import works all the same", () => {
  const found = project.evaluate(
    "replaced.mjs",
    `import { renameSync } from "node:fs";
    import { statuses } from "push-source-status";
    renameSync("node_modules", "replaced");
    try { console.log(statuses().length); } finally { renameSync("replaced", "node_modules"); }`,
  );
  assert.equal(found, 4);
});

test("row 60: a package without its bytes: not_supported, with the remedy", (t) => {
  for (const name of ["bytes.js", "push_source_status_bg.wasm"]) {
    const file = join(project.folder, "node_modules/push-source-status/dist", name);
    renameSync(file, `${file}.moved`);
    t.after(() => renameSync(`${file}.moved`, file));
  }
  const { code, hint, message } = project.evaluate(
    "without-bytes.mjs",
    `import { statuses } from "push-source-status";
    try { statuses(); } catch ({ code, hint, message }) { console.log(JSON.stringify({ code, hint, message })); }`,
  );
  assert.equal(code, "not_supported");
  assert.equal(hint, "check that the package is installed whole, and can be read");
  assert.doesNotMatch(message, /Content-Security-Policy/);
});

test("classes and functions go by their own names, as consoles show them", () => {
  const found = project.evaluate(
    "own-names.mjs",
    `import * as imported from "push-source-status";
    console.log(JSON.stringify(Object.values(imported).map(({ name }) => name)));`,
  );
  assert.deepEqual(found, names);
});

test("an uncaught error prints its text and readable lines", () => {
  const program = project.write(
    "uncaught.mjs",
    `import { StatusClient } from "push-source-status";
    new StatusClient({ organizationId: "org" });`,
  );
  const { stderr } = spawnSync(process.execPath, [join(project.folder, program)], { encoding: "utf8" });
  assert.match(stderr, /StatusError: accessToken is missing/);
  assert.match(stderr, /uncaught\.mjs:2:/);
  const tooLong = stderr.split("\n").filter((line) => line.length > 200);
  assert.deepEqual(tooLong, []);
});

test("a client from the settings is one of the package's, and its errors are too", () => {
  const found = project.evaluate(
    "from-env.mjs",
    `import { StatusClient, StatusError } from "push-source-status";
    import { clientFromEnv } from "push-source-status/env";
    const env = { COVEO_ORGANIZATION_ID: "org", COVEO_ACCESS_TOKEN: "token" };
    let error;
    try { clientFromEnv({ env: {} }); } catch (thrown) { error = thrown; }
    console.log(clientFromEnv({ env }) instanceof StatusClient && error instanceof StatusError);`,
  );
  assert.equal(found, true);
});

test("the module can be started by hand, with the file that the package has", () => {
  const found = project.evaluate(
    "apart.mjs",
    `import { readFile } from "node:fs/promises";
    import { createRequire } from "node:module";
    import { start, statuses } from "push-source-status/wasm";
    const { resolve } = createRequire(import.meta.url);
    await start(await readFile(resolve("push-source-status/wasm/push_source_status_bg.wasm")));
    statuses();
    console.log(true);`,
  );
  assert.equal(found, true);
});
