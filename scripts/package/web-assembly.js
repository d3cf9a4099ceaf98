import { homedir } from "node:os";
import { join } from "node:path";
import { capture, Failure } from "../command.js";
import { root } from "../project.js";

/**
 * Compiles a crate to WebAssembly and its glue. wasm-pack downloads nothing, since wasm-bindgen and wasm-opt are on `PATH`.
 *
 * @param {NodeJS.ProcessEnv} env from set-up
 * @param {string} out the folder to write to
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

/** Panics name their source files. The paths of this machine must not be among them. */
function flags({ CARGO_HOME = join(homedir(), ".cargo") }) {
  return [`--remap-path-prefix=${CARGO_HOME}=cargo`, `--remap-path-prefix=${root}=.`];
}
