import { testIn } from "./scenarios.js";

await testIn("WebKit", { afterClosing: "REBUILD completed" });
