import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { capture, Failure } from "../command.js";
import { distFolder, packageRoot, root, wasmFolder } from "../project.js";
import { timed } from "../script.js";
import { unlessUnchanged } from "./fingerprint.js";
import { trim } from "./trim.js";

/** What the WebAssembly depends on: the sources, and the tools in their versions. */
const madeFrom = [
  "src",
  "Cargo.toml",
  "Cargo.lock",
  "package-lock.json",
  "scripts/package/build.js",
  "scripts/package/trim.js",
  "scripts/toolchain/pins.js",
];

const wasmName = "push_source_status_bg.wasm";

/**
 * Makes the npm package in `pkg/` ready to be packed.
 *
 * @param {NodeJS.ProcessEnv} env what set-up returned
 */
export async function build(env) {
  await unlessUnchanged(wasmFolder, madeFrom, () =>
    timed("Compiling the Rust to WebAssembly", () => compile(env)),
  );
  await unlessUnchanged(
    distFolder,
    ["pkg/wasm", "pkg/lib", "pkg/emulator", "scripts/package", "package-lock.json"],
    () => timed("Bundling the package", bundle),
  );
  for (const document of ["README.md", "LICENSE"]) {
    copyFileSync(join(root, document), join(packageRoot, document));
  }
}

/** wasm-pack finds wasm-bindgen and wasm-opt on `PATH`, and so downloads nothing. */
async function compile(env) {
  const options = ["--target", "web", "--release", "--no-pack", "--out-dir", wasmFolder];
  const { status, output } = await capture(["wasm-pack", "build", ...options, "--", "--locked"], {
    env: { ...env, CARGO_ENCODED_RUSTFLAGS: withoutLocalPaths(env).join("\x1f") },
  });
  if (status !== 0) throw new Failure(`${output}\nwasm-pack failed (${status})`);
  await trim(wasmFolder, "push_source_status");
}

/** Panic texts name source files: with these, the bytes do not tell on whose machine they were made. */
function withoutLocalPaths({ CARGO_HOME = join(homedir(), ".cargo") }) {
  return [`--remap-path-prefix=${CARGO_HOME}=cargo`, `--remap-path-prefix=${root}=.`];
}

async function bundle() {
  // What these import is installed by set-up: not before this function is called.
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
