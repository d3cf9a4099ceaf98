import { homedir } from "node:os";
import { join } from "node:path";
import { capture, Failure } from "../command.js";
import { root } from "../project.js";

/**
 * Compiles a crate to WebAssembly and its glue. wasm-pack finds wasm-bindgen and wasm-opt on `PATH`, and so downloads
 * nothing.
 *
 * @param {NodeJS.ProcessEnv} env what set-up returned
 * @param {string} out the folder for what is made
 * @param {{ crate?: string, features?: string, profile?: "release" | "profiling" }} [options] where the crate is, its
 *   features, and the profile: "profiling" keeps the names of the functions
 */
export async function compile(env, out, { crate = root, features = "web", profile = "release" } = {}) {
  const options = ["--target", "bundler", `--${profile}`, "--no-pack", "--out-dir", out];
  const { status, output } = await capture(
    ["wasm-pack", "build", crate, ...options, "--", "--locked", "--features", features],
    { env: { ...env, CARGO_ENCODED_RUSTFLAGS: flags(env).join("\x1f") } },
  );
  if (status !== 0) throw new Failure(`${output}\nwasm-pack failed (${status})`);
}

/** Panics name their source files: where those are on this machine is nobody's business. */
function flags({ CARGO_HOME = join(homedir(), ".cargo") }) {
  return [`--remap-path-prefix=${CARGO_HOME}=cargo`, `--remap-path-prefix=${root}=.`];
}
