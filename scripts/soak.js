import { join } from "node:path";
import { run } from "./command.js";
import { build } from "./package/build.js";
import { root } from "./project.js";
import { script } from "./script.js";
import { setUp } from "./toolchain/setup.js";

await script(async () => {
  await build(await setUp());
  await run([process.execPath, join(root, "tests", "soak", "soak.js")]);
});
