import { run } from "./command.js";
import { script } from "./script.js";
import { setUp } from "./toolchain/setup.js";

await script(async () => {
  const env = { ...(await setUp()), RUSTDOCFLAGS: "--deny warnings" };
  await run(["cargo", "doc", "--locked", "--no-deps", "--document-private-items"], { env });
});
