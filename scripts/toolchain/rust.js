import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { capture, Failure, run } from "../command.js";
import { root } from "../project.js";
import { timed } from "../script.js";

const target = "wasm32-unknown-unknown";

/** Adds what the Rust in use lacks: the standard library for WebAssembly, rustfmt and clippy. */
export async function completeRust() {
  await requireRust();
  await installWasmTarget();
  for (const component of ["rustfmt", "clippy"]) await installComponent(component);
}

async function requireRust() {
  const { status, output } = await capture(["rustc", "--version"]);
  if (status === "ENOENT") {
    throw new Failure("Rust is missing. Install it from https://rustup.rs, open a new shell, and try again.");
  }
  if (status !== 0) throw new Failure(`rustc does not work:\n${output.trim()}`);
  const [major, minor] = versionIn(output);
  const [leastMajor, leastMinor] = versionIn(
    readFileSync(join(root, "Cargo.toml"), "utf8").match(/^rust-version = .*$/m)[0],
  );
  if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
    throw new Failure(
      `This is Rust ${major}.${minor}, and ${leastMajor}.${leastMinor} or later is needed: run \`rustup update\`.`,
    );
  }
}

function versionIn(text) {
  return text
    .match(/(\d+)\.(\d+)/)
    .slice(1)
    .map(Number);
}

async function installComponent(component) {
  const program = component === "clippy" ? "clippy-driver" : component;
  if ((await capture([program, "--version"])).status === 0) return;
  await timed(`Adding ${component} to Rust`, () => run(["rustup", "component", "add", component]));
}

async function installWasmTarget() {
  const libraries = await capture(["rustc", "--print", "target-libdir", "--target", target]);
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
