import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Absolute paths of the repository's places. */
export const root = resolve(fileURLToPath(import.meta.url), "../..");
export const packageRoot = join(root, "pkg");
export const wasmFolder = join(packageRoot, "wasm");
export const wasmName = "push_source_status_bg.wasm";
export const distFolder = join(packageRoot, "dist");
export const pageFolder = join(packageRoot, "page");

/** Crates outside the package, for fuzzing and measurements. Their own commands compile them. */
export const cratesApart = ["fuzz", "benches/core", "benches/size"];

/** The command-line tools of the npm packages. */
export const npmBinFolder = join(root, "node_modules", ".bin");

export function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}
