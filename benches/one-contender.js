import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { concurrent } from "./calls.js";
import { contenders } from "./contenders.js";

// A process of one contender alone: makes its calls, and prints what memory they left in use, in bytes.
const [name, endpoint, calls] = process.argv.slice(2);
const set = await contenders[name](endpoint);
await set("source");
if (Number(calls) > 0) {
  const before = await inUse();
  await concurrent(set, Number(calls), 8);
  console.log((await inUse()) - before);
}
process.exit();

async function inUse() {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc");
  for (let n = 0; n < 5; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    collectGarbage();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
