import { testIn } from "./scenarios.js";

await testIn("Firefox");
