import { script } from "./script.js";
import { setUp } from "./toolchain/setup.js";

await script(setUp);
