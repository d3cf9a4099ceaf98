import { existsSync } from "node:fs";
import { capture, Failure, run } from "../command.js";
import { timed } from "../script.js";

const target = "wasm32-unknown-unknown";

/** Adds the standard library for WebAssembly to the Rust in use. */
export async function installWasmTarget() {
  const libraries = await capture(["rustc", "--print", "target-libdir", "--target", target]);
  if (libraries.status === "ENOENT") {
    throw new Failure("Rust is missing. Install it from https://rustup.rs, open a new shell, and try again.");
  }
  if (libraries.status !== 0) throw new Failure(`rustc does not work:\n${libraries.output.trim()}`);
  if (existsSync(libraries.output.trim())) return;

  const rustup = await capture(["rustup", "--version"]);
  if (rustup.status !== 0) {
    throw new Failure(
      `This Rust cannot compile for ${target}, and there is no rustup to add it. ` +
        "Install Rust from https://rustup.rs, or your distribution's package of that target.",
    );
  }
  await timed(`Adding the Rust target ${target}`, () => run(["rustup", "target", "add", target]));
}
