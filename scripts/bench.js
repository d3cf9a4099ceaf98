import { join } from "node:path";
import { run } from "./command.js";
import { build } from "./package/build.js";
import { root } from "./project.js";
import { script } from "./script.js";
import { installNpmPackages } from "./toolchain/npm-packages.js";
import { setUp } from "./toolchain/setup.js";

const benches = join(root, "benches");

await script(async (args) => {
  await build(await setUp());
  await installNpmPackages(benches);
  await run([process.execPath, join(benches, "set-status.js"), ...args]);
});
