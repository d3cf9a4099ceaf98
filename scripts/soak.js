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
  const rounds = { PUSH_SOURCE_STATUS_RACES: "200", PUSH_SOURCE_STATUS_KILLS: "200" };
  await run([process.execPath, "--test", join(root, "tests", "cli", "run-rounds.test.js")], {
    env: { ...rounds, ...process.env },
  });
});
