import { run } from "./command.js";
import { script } from "./script.js";
import { setUp } from "./toolchain/setup.js";

await script(async () => {
  const env = await setUp();
  await run(["cargo", "fmt"], { env });
  await run(["cargo", "fmt", "--manifest-path", "fuzz/Cargo.toml"], { env });
  await run(["biome", "check", "--write"], { env });
});
