import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../command.js";
import { distFolder, packageRoot, wasmFolder } from "../project.js";

/** Written by hand in `pkg/lib`. */
const handWritten = ["index.d.ts", "wasm.d.ts", "wasm.d.cts", "push_source_status_bg.wasm.d.cts"];

/** What the emulator's types name beside them: CommonJS modules, which both kinds of users get. */
const partsOfEmulator = ["emulator-faults.d.cts", "emulator-records.d.cts"];

/** Writes the public types: those of CommonJS, and for modules where they are. */
export function writeDeclarations() {
  copyFileSync(join(wasmFolder, "push_source_status.d.ts"), join(distFolder, "index.d.cts"));
  for (const name of handWritten) copyFileSync(join(packageRoot, "lib", name), join(distFolder, name));

  for (const name of ["emulator", "journal", "env"]) {
    copyFileSync(join(packageRoot, name, "index.d.ts"), join(distFolder, `${name}.d.cts`));
    writeFileSync(join(distFolder, `${name}.d.ts`), `export * from "./${name}.cjs";\n`);
  }
  for (const name of partsOfEmulator)
    copyFileSync(join(packageRoot, "emulator", name), join(distFolder, name));
}
