import { testIn } from "./scenarios.js";

await testIn("WebKit");
