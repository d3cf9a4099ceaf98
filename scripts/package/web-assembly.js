import { homedir } from "node:os";
import { join } from "node:path";
import { capture, Failure } from "../command.js";
import { root } from "../project.js";
import { trim } from "./trim.js";

/**
 * Compiles a crate to WebAssembly and its glue. wasm-pack finds wasm-bindgen and wasm-opt on `PATH`, and so downloads
 * nothing.
 *
 * @param {NodeJS.ProcessEnv} env what set-up returned
 * @param {string} name the crate's, in snake case
 * @param {string} out the folder for what is made
 * @param {{ crate?: string, features?: string, keepNames?: boolean }} [options] where the crate is, its features, and
 * whether the functions in the WebAssembly keep their names
 */
export async function compile(env, name, out, { crate = root, features = "", keepNames } = {}) {
  const target = env.CARGO_TARGET_DIR ?? join(crate, "target");
  const { status, output } = await capture(
    [
      "wasm-pack",
      "build",
      crate,
      ...["--target", "web", "--release", "--no-pack", "--out-dir", out],
      ...["--", "--locked", "--features", features],
    ],
    { env: { ...env, CARGO_TARGET_DIR: target, CARGO_ENCODED_RUSTFLAGS: flags(env).join("\x1f") } },
  );
  if (status !== 0) throw new Failure(`${output}\nwasm-pack failed (${status})`);
  const linked = join(target, "wasm32-unknown-unknown", "release", `${name}.wasm`);
  await trim(out, name, linked, { keepNames });
}

/**
 * The linker says what it placed where, which trimming needs. And panic texts name source files, whose lengths are left
 * of them: with these flags, they are the same on every machine.
 */
function flags({ CARGO_HOME = join(homedir(), ".cargo") }) {
  return [
    "-Clink-arg=--emit-relocs",
    `--remap-path-prefix=${CARGO_HOME}=cargo`,
    `--remap-path-prefix=${root}=.`,
  ];
}
