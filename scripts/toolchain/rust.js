import { readFileSync } from "node:fs";
import { join } from "node:path";
import { capture, Failure } from "../command.js";
import { root } from "../project.js";

/**
 * Installs the missing parts of the Rust that `rust-toolchain.toml` names. rustup does so when one of its programs starts,
 * unless its user has switched that off.
 */
export async function installRust() {
  await requireRustup();
  const { status, output } = await capture(["rustc", "--version"], {
    env: { ...process.env, RUSTUP_AUTO_INSTALL: "1" },
    // Shows the user rustup's progress.
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0)
    throw new Failure(`rustup cannot install Rust ${pinnedVersion()}, see above (${status}).`);
  const version = /^rustc (\S+)/.exec(output)?.[1];
  if (version !== pinnedVersion()) {
    throw new Failure(
      `\`rustc\` is Rust ${version}, and rust-toolchain.toml asks for ${pinnedVersion()}. ` +
        "Either another Rust comes before rustup's on PATH (put `~/.cargo/bin` first), " +
        "or something overrides the file (`rustup show` says what).",
    );
  }
}

async function requireRustup() {
  const { status } = await capture(["rustup", "--version"]);
  if (status === 0) return;
  throw new Failure(
    `rustup is missing (${status}). Install it from https://rustup.rs, open a new shell, and try again. ` +
      "The Rust of a distribution does not serve: it lacks the standard library for WebAssembly.",
  );
}

function pinnedVersion() {
  return /^channel = "(.+)"$/m.exec(readFileSync(join(root, "rust-toolchain.toml"), "utf8"))[1];
}
