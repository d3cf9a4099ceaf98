import { run } from "./command.js";
import { cratesApart } from "./project.js";
import { script } from "./script.js";
import { setUp } from "./toolchain/setup.js";

await script(async () => {
  const env = await setUp();
  await run(["cargo", "fmt"], { env });
  for (const folder of cratesApart) {
    await run(["cargo", "fmt", "--manifest-path", `${folder}/Cargo.toml`], { env });
  }
  await run(["biome", "check", "--write"], { env });
});
