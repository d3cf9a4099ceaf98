import { testIn } from "./scenarios.js";

await testIn("Chromium", { isIdleCertain: true });
