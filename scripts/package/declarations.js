import { copyFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { distFolder, packageRoot, wasmFolder } from "../project.js";

/** Written by hand in `pkg/lib`. */
const handWritten = ["index.d.ts", "wasm.d.ts", "wasm.d.cts", "push_source_status_bg.wasm.d.cts"];

/** The modules that these types import: CommonJS ones, which both kinds of users get. */
const parts = [
  "emulator/emulator-faults.d.cts",
  "emulator/emulator-records.d.cts",
  "journal/journal-entries.d.cts",
];

/** Writes the public types: for CommonJS in full, for ESM as re-exports of these. */
export function writeDeclarations() {
  copyFileSync(join(wasmFolder, "push_source_status.d.ts"), join(distFolder, "index.d.cts"));
  for (const name of handWritten) copyFileSync(join(packageRoot, "lib", name), join(distFolder, name));

  for (const name of ["emulator", "journal", "env"]) {
    copyFileSync(join(packageRoot, name, "index.d.ts"), join(distFolder, `${name}.d.cts`));
    writeFileSync(join(distFolder, `${name}.d.ts`), `export * from "./${name}.cjs";\n`);
  }
  for (const part of parts) copyFileSync(join(packageRoot, part), join(distFolder, basename(part)));
}
