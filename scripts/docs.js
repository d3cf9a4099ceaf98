import { run } from "./command.js";
import { script } from "./script.js";
import { setUp } from "./toolchain/setup.js";

/** For WebAssembly, since only there the crate is whole. What it exports has its examples in TSDoc's way. */
await script(async () => {
  const env = { ...(await setUp()), RUSTDOCFLAGS: "--deny warnings --allow rustdoc::bare_urls" };
  const whole = ["--target", "wasm32-unknown-unknown", "--document-private-items"];
  await run(["cargo", "doc", "--locked", "--no-deps", ...whole], { env });
});
