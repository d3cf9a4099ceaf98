import { runBatch } from "./batch.js";

await runBatch(0);
