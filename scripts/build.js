import { build } from "./package/build.js";
import { script } from "./script.js";
import { setUp } from "./toolchain/setup.js";

await script(async () => build(await setUp()));
