import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { distFolder, packageRoot, pageFolder, root, wasmFolder, wasmName } from "../project.js";
import { timed } from "../script.js";
import { writeAddress, writeReadme } from "./address.js";
import { unlessUnchanged } from "./fingerprint.js";
import { compile } from "./web-assembly.js";

/** The files on which the WebAssembly depends: its sources, and the versions of the tools. */
const madeFrom = [
  "src",
  "Cargo.toml",
  "Cargo.lock",
  "package-lock.json",
  "rust-toolchain.toml",
  "scripts/package/build.js",
  "scripts/package/web-assembly.js",
  "scripts/toolchain/pins.js",
];

/**
 * Makes the npm package in `pkg/` ready to be packed.
 *
 * @param {NodeJS.ProcessEnv} env from set-up
 */
export async function build(env) {
  await unlessUnchanged(wasmFolder, madeFrom, () =>
    timed("Compiling the Rust to WebAssembly", () => compile(env, wasmFolder)),
  );
  await unlessUnchanged(
    distFolder,
    [
      "pkg/wasm",
      "pkg/lib",
      "pkg/emulator",
      "pkg/journal",
      "pkg/env",
      "pkg/cli",
      "scripts/package",
      "package-lock.json",
    ],
    () => timed("Bundling the package", bundle),
  );
  await unlessUnchanged(
    pageFolder,
    ["pkg/wasm", "pkg/lib", "pkg/journal", "www", "scripts/package", "package-lock.json"],
    () => timed("Bundling the admin page", bundlePage),
  );
  copyFileSync(join(root, "LICENSE"), join(packageRoot, "LICENSE"));
  writeAddress();
  writeReadme();
}

async function bundle() {
  // These import packages that set-up installs, so they cannot be imported earlier.
  const [{ writeBundles }, { writeDeclarations }] = await Promise.all([
    import("./bundles.js"),
    import("./declarations.js"),
  ]);
  rmSync(distFolder, { recursive: true, force: true });
  mkdirSync(distFolder, { recursive: true });
  await writeBundles();
  writeDeclarations();
  copyFileSync(join(wasmFolder, wasmName), join(distFolder, wasmName));
}

async function bundlePage() {
  const { writePage } = await import("./page.js");
  await writePage();
}
