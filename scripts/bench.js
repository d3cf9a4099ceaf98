import { join } from "node:path";
import { run } from "./command.js";
import { build } from "./package/build.js";
import { root } from "./project.js";
import { script } from "./script.js";
import { setUp } from "./toolchain/setup.js";

await script(async (args) => {
  await build(await setUp());
  await run([process.execPath, join(root, "benches", "set-status.js"), ...args]);
});
