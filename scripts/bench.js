import { existsSync } from "node:fs";
import { join } from "node:path";
import { npm, run } from "./command.js";
import { build } from "./package/build.js";
import { root } from "./project.js";
import { script } from "./script.js";
import { setUp } from "./toolchain/setup.js";

const benches = join(root, "benches");

await script(async (args) => {
  await build(await setUp());
  if (!existsSync(join(benches, "node_modules"))) await run(npm("ci", "--ignore-scripts"), { cwd: benches });
  await run([process.execPath, join(benches, "set-status.js"), ...args]);
});
