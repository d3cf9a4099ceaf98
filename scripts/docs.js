import { join } from "node:path";
import { run } from "./command.js";
import { build } from "./package/build.js";
import { root } from "./project.js";
import { script } from "./script.js";
import { setUp } from "./toolchain/setup.js";

const typedoc = join(root, "docs/reference/node_modules/typedoc/bin/typedoc");

/** The reference of the package and of its Rust. A warning is an error, and so is a missing description. */
await script(async () => {
  const env = await setUp();
  await build(env);
  await run([process.execPath, typedoc, "--options", "docs/reference/typedoc.json"], { env });

  // For WebAssembly, since only there is the crate complete. The examples of its exports follow TSDoc.
  const flags = "--deny warnings --deny missing_docs --allow rustdoc::bare_urls";
  const whole = ["--target", "wasm32-unknown-unknown", "--features", "web", "--document-private-items"];
  await run(["cargo", "doc", "--locked", "--no-deps", ...whole], { env: { ...env, RUSTDOCFLAGS: flags } });
});
