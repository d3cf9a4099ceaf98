import assert from "node:assert/strict";
import { once } from "node:events";
import * as net from "node:net";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { startEmulator } from "../../pkg/emulator/index.js";
import { connect } from "./connect.js";
import { reasonOf } from "./failure.js";
import { SOURCE } from "./sample.js";
import { forbiddenWork } from "./work.js";

/**
 * What stands between a client and a service: it passes on all that it was sent, though the client has hung up in the
 * meantime, and it is slow with requests for an active status.
 */
async function startRelay(t, emulator, delayMs) {
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
      if (bytes.includes("statusType=REBUILD")) await sleep(delayMs);
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
  return { endpoint: `http://127.0.0.1:${relay.address().port}${pathname}` };
}

test("row 36: an active status that was aborted on its way is not overtaken by its IDLE", async (t) => {
  const emulator = await startEmulator();
  t.after(() => emulator.close());
  const client = connect(t, await startRelay(t, emulator, 120));
  const controller = new AbortController();
  const activity = client.runActivity(SOURCE, "REBUILD", forbiddenWork, { signal: controller.signal });
  await sleep(40); // long enough to be sent, too short to have arrived
  controller.abort("a reason");
  assert.equal(await reasonOf(activity), "a reason");
  await sleep(200);
  assert.deepEqual(
    emulator.requests.map(({ statusType }) => statusType),
    ["REBUILD", "IDLE"],
  );
  assert.equal(emulator.activities(SOURCE).at(-1).state, "completed");
});
