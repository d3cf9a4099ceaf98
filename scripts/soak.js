import { join } from "node:path";
import { run } from "./command.js";
import { build } from "./package/build.js";
import { root } from "./project.js";
import { script } from "./script.js";
import { setUp } from "./toolchain/setup.js";

await script(async () => {
  await build(await setUp());
  for (const program of ["soak.js", "kills.js"]) {
    await run([process.execPath, join(root, "tests", "soak", program)]);
  }
});
