import assert from "node:assert/strict";
import test from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { StatusClient } from "./package.js";
import { ORGANIZATION, sources, TOKEN } from "./sample.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

const MIB = 1024 * 1024;
const AT_ONCE = 64;

/** The bytes in use by JavaScript, and outside of its heap, where the memory of WebAssembly is. */
async function inUse() {
  for (let n = 0; n < 3; n += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
  }
  const { heapUsed, external } = process.memoryUsage();
  return { heapUsed, external };
}

/** Makes calls in waves. The answers come from memory, since sockets of the test would dominate the measurement. */
async function call(client, count, signal) {
  const ids = sources(AT_ONCE);
  for (let made = 0; made < count; made += AT_ONCE) {
    await Promise.allSettled(ids.map((id) => client.setStatus(id, "REBUILD", { signal })));
  }
}

/** The number of calls before the comparison. By then caches are warm, and garbage has its usual size. */
async function assertFlat(count, action) {
  await action(Math.max(count / 10, 5000));
  const before = await inUse();
  await action(count);
  const after = await inUse();
  const grown = { heap: after.heapUsed - before.heapUsed, external: after.external - before.external };
  assert.ok(grown.heap < MIB, `the heap grew by ${grown.heap} bytes`);
  assert.ok(grown.external < MIB / 4, `memory outside of the heap grew by ${grown.external} bytes`);
}

const created = () => new Response("{}", { status: 201 });
const missing = () => new Response('{"errorCode":"NOT_FOUND","message":"no such source"}', { status: 404 });

for (const [calls, answer, what] of [
  [100_000, created, "that succeed"],
  [20_000, missing, "that fail"],
]) {
  test(`row 32: ${calls} calls ${what} on one client and one signal: memory is flat`, async (t) => {
    const client = new StatusClient({
      organizationId: ORGANIZATION,
      accessToken: TOKEN,
      concurrency: AT_ONCE,
      fetch: async () => answer(),
    });
    t.after(() => client.free());
    const { signal } = new AbortController();
    await assertFlat(calls, (count) => call(client, count, signal));
  });
}

test("row 32: 10,000 calls that are cancelled on one client: memory is flat", async (t) => {
  const client = new StatusClient({
    organizationId: ORGANIZATION,
    accessToken: TOKEN,
    fetch: (_, { signal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  });
  t.after(() => client.free());
  await assertFlat(10_000, async (count) => {
    for (let made = 0; made < count; made += AT_ONCE) {
      const controller = new AbortController();
      const calls = sources(AT_ONCE).map((id) => client.setStatus(id, "IDLE", controller));
      await new Promise((resolve) => setImmediate(resolve));
      controller.abort();
      for (const { reason } of await Promise.allSettled(calls))
        assert.equal(reason, controller.signal.reason);
    }
  });
});

test("row 32: 10,000 clients made and freed: memory is flat", async () => {
  await assertFlat(10_000, async (count) => {
    for (let made = 0; made < count; made += 1) {
      const options = { organizationId: ORGANIZATION, accessToken: TOKEN, fetch: async () => created() };
      const client = new StatusClient(options);
      await client.setStatus("one-source", "REBUILD");
      client.free();
    }
  });
});
