/**
 * Makes many calls through an emulator that fails at random. Every result has to agree with the service's log, call by
 * call, and memory and sockets must not grow. `npm run soak` runs it; SOAK_CALLS and SOAK_SEED change the run.
 */
import assert from "node:assert/strict";
import { StatusClient, statuses } from "push-source-status";
import { startEmulator } from "push-source-status/emulator";
import { Ledger } from "./ledger.js";
import { Meter } from "./meter.js";

const calls = Number(process.env.SOAK_CALLS ?? 100_000);
const seed = Number(process.env.SOAK_SEED ?? 1);
const batch = 1000;
const concurrency = 16;

const types = statuses().map(({ statusType }) => statusType);
const ledger = new Ledger();
const emulator = await startEmulator({ requestLogLimit: 100, onRequest: (record) => ledger.note(record) });
emulator.failRandomly({
  rate: 0.1,
  seed,
  faults: [
    { status: 500 },
    { status: 500, applied: true },
    { status: 502 },
    { status: 503 },
    { status: 429, retryAfter: 0 },
    { reset: true },
    { delayMs: 5 },
    { status: 404 },
  ],
});
const client = new StatusClient({
  organizationId: "my-organization",
  accessToken: "a-token-that-nobody-sees",
  endpoint: emulator.endpoint,
  concurrency,
  retry: { attempts: 10, baseDelayMs: 1, maxDelayMs: 4 },
});
process.on("unhandledRejection", (reason) => {
  throw new Error("an unhandled rejection", { cause: reason });
});

console.log(`${calls} calls, seed ${seed}`);
const meter = new Meter(calls);
let failed = 0;
for (let first = 0; first < calls; first += batch) {
  const changes = Array.from({ length: Math.min(batch, calls - first) }, (_, index) => ({
    sourceId: `source-${index}`,
    statusType: types[index % types.length],
  }));
  const results = await client.setStatuses(changes);
  for (const [index, result] of results.entries()) {
    ledger.check(changes[index], result);
    failed += result.ok ? 0 : 1;
  }
  emulator.clearLog();
  meter.show(first + changes.length, { failed, retried: ledger.retried });
}
await client.close();
await emulator.close();

const { growthMb, mostSockets } = meter.end();
console.log(
  `${calls - failed} ok, ${failed} failed as scripted (404), ${ledger.retried} requests were repeats`,
);
console.log(`memory grew by ${growthMb.toFixed(1)} MB after the first tenth; ${mostSockets} sockets at most`);
assert.ok(growthMb < 64, "the memory is not flat");
assert.ok(mostSockets <= 4 * concurrency, "the sockets are not bounded");
