import { join } from "node:path";
import { run } from "./command.js";
import { build } from "./package/build.js";
import { root } from "./project.js";
import { script } from "./script.js";
import { installNpmPackages } from "./toolchain/npm-packages.js";
import { setUp } from "./toolchain/setup.js";

const benches = join(root, "benches");

/** `npm run bench` compares the package with others; with `page`, `journal` or `bulk` it measures that part. */
await script(async ([first, ...rest]) => {
  await build(await setUp());
  if (["page", "journal", "bulk"].includes(first)) {
    return run([process.execPath, join(benches, `${first}.js`), ...rest]);
  }
  await installNpmPackages(benches);
  const args = first === undefined ? [] : [first, ...rest];
  await run([process.execPath, join(benches, "set-status.js"), ...args]);
});
