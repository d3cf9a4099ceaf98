import { parseArgs } from "node:util";
import { StatusClient } from "push-source-status";
import { startServer } from "./server.js";

const { values } = parseArgs({ options: { rows: { type: "string", default: "100000" } } });
const server = await startServer();
const client = new StatusClient({
  organizationId: "organization",
  accessToken: "token",
  endpoint: server.endpoint,
  concurrency: 64,
});
const changes = Array.from({ length: Number(values.rows) }, (_, index) => ({
  sourceId: `source-${index}`,
  statusType: "IDLE",
}));

// What the process needs in any case has its time before.
await client.setStatuses(changes.slice(0, 1000));
let longestMs = 0;
let last = performance.now();
let isOver = false;
(function tick() {
  const now = performance.now();
  longestMs = Math.max(longestMs, now - last);
  last = now;
  if (!isOver) setImmediate(tick);
})();
const startedAt = performance.now();
await client.setStatuses(changes, { onProgress() {} });
isOver = true;
const seconds = (performance.now() - startedAt) / 1000;
console.log(
  `${changes.length.toLocaleString("en")} rows in ${seconds.toFixed(1)} s; the longest task of the loop took ${longestMs.toFixed(1)} ms`,
);
server.stop();
