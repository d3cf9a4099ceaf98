import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { npmBinFolder, root } from "../../scripts/project.js";
import { Project } from "./project.js";
import { pack } from "./tarball.js";

const tarball = pack();
const project = new Project(tarball.path);
after(() => {
  project.remove();
  rmSync(tarball.folder, { recursive: true });
});

project.write(
  "module.ts",
  `import { type StatusClient, type StatusError, statuses } from "push-source-status";
import { start } from "push-source-status/wasm";
import source from "push-source-status/wasm/push_source_status_bg.wasm";
import { startEmulator } from "push-source-status/emulator";
import { clientFromEnv } from "push-source-status/env";
import { fileJournal, recoverUnfinished } from "push-source-status/journal";
export const used: [StatusClient?, StatusError?] = [];
export const found = [statuses(), start(source), startEmulator()];
export const recovered = recoverUnfinished(clientFromEnv(), fileJournal());
`,
);
project.write(
  "common.cts",
  `import { type StatusClient, type StatusError, statuses } from "push-source-status";
import { start } from "push-source-status/wasm";
import source = require("push-source-status/wasm/push_source_status_bg.wasm");
import { startEmulator } from "push-source-status/emulator";
import { clientFromEnv } from "push-source-status/env";
import { fileJournal, recoverUnfinished } from "push-source-status/journal";
export const used: [StatusClient?, StatusError?] = [];
export const found = [statuses(), start(source), startEmulator()];
export const recovered = recoverUnfinished(clientFromEnv(), fileJournal());
`,
);

for (const { resolution, module, files } of [
  { resolution: "nodenext", module: "nodenext", files: ["module.ts", "common.cts"] },
  { resolution: "node16", module: "node16", files: ["module.ts", "common.cts"] },
  { resolution: "bundler", module: "esnext", files: ["module.ts"] },
]) {
  test(`its types resolve under ${resolution}`, () => {
    const compilerOptions = {
      module,
      moduleResolution: resolution,
      target: "es2022",
      lib: ["es2022"],
      types: ["node"],
      typeRoots: [join(root, "node_modules", "@types")],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
    };
    const config = project.write(`tsconfig.${resolution}.json`, JSON.stringify({ compilerOptions, files }));
    assert.equal(project.run([join(npmBinFolder, "tsc"), "--project", config]), "");
  });
}
