import assert from "node:assert/strict";
import { test } from "node:test";
import { capture } from "../../scripts/command.js";
import { commandThatCalls, StandIns } from "./stand-ins.js";

const RUSTC_OF_DEBIAN = 'echo "rustc 1.63.0"';

function installRust(t, programs, env) {
  const { folder } = new StandIns(t, programs);
  const command = commandThatCalls("installRust()", "toolchain/rust.js");
  return capture(command, { env: { ...process.env, PATH: folder, ...env } });
}

test("without rustup, it is told where rustup is to be had, and why the distribution's Rust does not serve", async (t) => {
  const { status, output } = await installRust(t, { rustc: RUSTC_OF_DEBIAN });
  assert.equal(status, 1, output);
  assert.match(output, /^rustup is missing \(ENOENT\)\. Install it from https:\/\/rustup\.rs/m);
  assert.match(output, /The Rust of a distribution does not serve/);
});

test("a Rust that comes before rustup's is named, with what to do", async (t) => {
  const { status, output } = await installRust(t, { rustup: "", rustc: RUSTC_OF_DEBIAN });
  assert.equal(status, 1, output);
  assert.match(output, /^`rustc` is Rust 1\.63\.0, and rust-toolchain\.toml asks for 1\.\d+\.\d+\. .*PATH/m);
});

test("rustup is asked to install what is missing, also where it would not do so by itself", async (t) => {
  const rustc = 'echo "RUSTUP_AUTO_INSTALL is $RUSTUP_AUTO_INSTALL" >&2; exit 1';
  const { status, output } = await installRust(t, { rustup: "", rustc }, { RUSTUP_AUTO_INSTALL: "0" });
  assert.equal(status, 1, output);
  assert.match(
    output,
    /^RUSTUP_AUTO_INSTALL is 1\n\nrustup cannot install Rust 1\.\d+\.\d+, see above \(1\)\.$/m,
  );
});

test("the Rust of this repository is what rust-toolchain.toml asks for", async () => {
  const { status, output } = await capture(commandThatCalls("installRust()", "toolchain/rust.js"));
  assert.equal(status, 0, output);
});
