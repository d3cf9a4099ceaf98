import assert from "node:assert/strict";
import { once } from "node:events";
import * as net from "node:net";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { startEmulator } from "../../pkg/emulator/index.js";
import { connect } from "./connect.js";
import { reasonOf } from "./failure.js";
import { SOURCE } from "./sample.js";
import { deferred, forbiddenWork } from "./work.js";

/**
 * A proxy between client and service. It passes every request on, even if the client has hung up meanwhile. It holds a request
 * for an active status back until it is released.
 */
async function startRelay(t, emulator) {
  const [held, released] = [deferred(), deferred()];
  const { port, pathname } = new URL(emulator.endpoint);
  const sockets = new Set();
  const keep = (socket) => {
    sockets.add(socket);
    return socket.on("error", () => socket.destroy());
  };
  const relay = net.createServer({ allowHalfOpen: true }, (accepted) => {
    const client = keep(accepted);
    const service = keep(net.connect({ port, host: "127.0.0.1" }));
    client.on("data", async (bytes) => {
      client.pause();
      if (bytes.includes("statusType=REBUILD")) {
        held.resolve();
        await released.promise;
      }
      service.write(bytes);
      client.resume();
    });
    service.on("data", (bytes) => client.writable && client.write(bytes));
  });
  relay.listen(0, "127.0.0.1");
  await once(relay, "listening");
  t.after(() => {
    relay.close();
    for (const socket of sockets) socket.destroy();
  });
  const endpoint = `http://127.0.0.1:${relay.address().port}${pathname}`;
  return { endpoint, held: held.promise, release: released.resolve };
}

test("row 36: an active status that was aborted on its way is not overtaken by its IDLE", async (t) => {
  const emulator = await startEmulator();
  t.after(() => emulator.close());
  const relay = await startRelay(t, emulator);
  const client = connect(t, relay);
  const controller = new AbortController();
  const activity = client.runActivity(SOURCE, "REBUILD", forbiddenWork, { signal: controller.signal });
  await relay.held;
  controller.abort("a reason");
  await sleep(50); // in which an IDLE that did not wait would arrive
  relay.release();
  assert.equal(await reasonOf(activity), "a reason");
  await client.close();
  assert.deepEqual(
    emulator.requests.map(({ statusType }) => statusType),
    ["REBUILD", "IDLE"],
  );
  assert.equal(emulator.activities(SOURCE).at(-1).state, "completed");
});
