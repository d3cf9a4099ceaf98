import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../command.js";
import { root } from "../project.js";

/** The tool by which `npm run audit` checks the crates. */
export const denyPin = { crate: "cargo-deny", version: "0.20.2", program: "cargo-deny" };

/**
 * The command-line tools of the build, by crate. The tool wasm-bindgen reads sections that the crate of the same name wrote
 * into the module, so both need the same version. `Cargo.toml` is the one place that says it.
 */
export function buildPins() {
  return [
    { crate: "wasm-pack", version: "0.15.1", program: "wasm-pack" },
    { crate: "wasm-bindgen-cli", version: wasmBindgenVersion(), program: "wasm-bindgen" },
  ];
}

function wasmBindgenVersion() {
  const asked = readFileSync(join(root, "Cargo.toml"), "utf8").match(
    /^wasm-bindgen = \{ version = "=([\d.]+)"/m,
  )?.[1];
  if (asked === undefined)
    throw new Failure('Cargo.toml has no line `wasm-bindgen = { version = "=X.Y.Z"` to follow');
  const locked = readFileSync(join(root, "Cargo.lock"), "utf8").match(
    /^name = "wasm-bindgen"\nversion = "([^"]+)"$/m,
  )?.[1];
  if (locked !== asked) {
    throw new Failure(
      `Cargo.toml asks for wasm-bindgen ${asked} and Cargo.lock has ${locked}: run \`cargo update wasm-bindgen\``,
    );
  }
  return asked;
}
