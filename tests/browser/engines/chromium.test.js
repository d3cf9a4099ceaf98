import { testIn } from "./scenarios.js";

await testIn("Chromium", { afterClosing: "REBUILD completed" });
