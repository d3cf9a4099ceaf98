import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { delayed, reply, stallBody } from "../faults/steps.js";
import { connect } from "./connect.js";
import { failureOf, thrownBy } from "./failure.js";
import { statuses } from "./package.js";
import { runProgram } from "./program.js";
import { SOURCE, sources } from "./sample.js";
import { NEVER_MS } from "./waits.js";

async function assertClosed(client) {
  await failureOf(client.setStatus(SOURCE, "IDLE"), { code: "closed" });
  await failureOf(client.setStatuses([{ sourceId: SOURCE, statusType: "IDLE" }]), { code: "closed" });
  thrownBy(() => client.request(SOURCE, "IDLE"), { code: "closed" });
}

test("row 34: closed in flight: the calls that were made settle, then every use rejects with closed", async (t) => {
  const server = await startFaultServer(t, [delayed(40, reply({ status: 500 })), reply(), reply()]);
  const client = connect(t, server);
  const first = client.setStatus(SOURCE, "REBUILD");
  const queued = client.setStatus(SOURCE, "IDLE");
  await server.received();
  await client.close();
  assert.deepEqual([(await first).attempts, (await queued).attempts], [2, 1]);
  assert.deepEqual(
    server.requests.map(({ statusType }) => statusType),
    ["REBUILD", "REBUILD", "IDLE"],
  );
  await assertClosed(client);
});

test("row 34: close waits for the calls in flight", async (t) => {
  const server = await startFaultServer(t, [delayed(80, reply())]);
  const client = connect(t, server);
  let settled = false;
  const call = client.setStatus(SOURCE, "REBUILD").finally(() => (settled = true));
  await server.received();
  await client.close();
  assert.equal(settled, true);
  await call;
});

test("row 34: freed in flight: the call settles, every other use rejects with closed", async (t) => {
  const server = await startFaultServer(t, [delayed(40, reply())]);
  const client = connect(t, server);
  const call = client.setStatus(SOURCE, "REBUILD");
  await server.received();
  client.free();
  await assertClosed(client);
  assert.equal((await call).httpStatus, 201);
});

test("row 34: freed and closed again, in any order: nothing happens", async (t) => {
  const server = await startFaultServer(t, []);
  const freed = connect(t, server);
  assert.equal(freed.free(), undefined);
  assert.equal(freed.free(), undefined);
  assert.equal(await freed.close(), undefined);
  await assertClosed(freed);

  const closed = connect(t, server);
  const [once, twice] = await Promise.all([closed.close(), closed.close()]);
  assert.deepEqual([once, twice], [undefined, undefined]);
  closed.free();
  assert.equal(await closed.close(), undefined);
  await assertClosed(closed);
});

test("row 34: what a client is for await using closes it", async (t) => {
  const server = await startFaultServer(t, [reply()]);
  const client = connect(t, server);
  await client.setStatus(SOURCE, "REBUILD");
  await client[Symbol.asyncDispose]();
  await assertClosed(client);
});

test("row 34: a closed client is no end of the package", async (t) => {
  const server = await startFaultServer(t, [reply()]);
  connect(t, server).free();
  assert.equal(statuses().length, 4);
  assert.equal((await connect(t, server).setStatus(SOURCE, "REBUILD")).httpStatus, 201);
});

test("row 34: a client can be used from its own callbacks", async (t) => {
  const [outer, inner] = sources(2);
  const server = await startFaultServer(t, {
    [outer]: [reply({ status: 500 }), reply()],
    [inner]: Array(3).fill(reply()),
  });
  const inside = new Map();
  const use = (where) => {
    if (inside.has(where)) return;
    inside.set(where, undefined);
    assert.equal(client.request(inner, "IDLE").method, "POST");
    inside.set(where, client.setStatus(inner, "IDLE"));
  };
  const client = connect(t, server, {
    onEvent: () => use("onEvent"),
    accessToken: () => {
      use("accessToken");
      return "the-same-each-time";
    },
    fetch: (...args) => {
      use("fetch");
      return fetch(...args);
    },
  });
  assert.equal((await client.setStatus(outer, "REBUILD")).attempts, 2);
  assert.deepEqual([...inside.keys()].sort(), ["accessToken", "fetch", "onEvent"]);
  for (const call of inside.values()) assert.equal((await call).httpStatus, 201);
});

test("row 34: a client can be freed from its own callbacks", async (t) => {
  for (const where of ["onEvent", "fetch", "accessToken"]) {
    const server = await startFaultServer(t, [reply()], { unusedSteps: "allow" });
    const callbacks = {
      onEvent: () => {},
      fetch: (...args) => fetch(...args),
      accessToken: () => "the-same-each-time",
    };
    const original = callbacks[where];
    callbacks[where] = (...args) => {
      client.free();
      return original(...args);
    };
    const client = connect(t, server, callbacks);
    const [result] = await Promise.allSettled([client.setStatus(SOURCE, "REBUILD")]);
    if (result.status === "rejected") await failureOf(Promise.reject(result.reason), { code: "closed" });
    await assertClosed(client);
  }
});

test("row 34: a client can be closed in onProgress", async (t) => {
  const server = await startFaultServer(t, [forever(reply())]);
  const client = connect(t, server, { concurrency: 1 });
  const changes = sources(5).map((sourceId) => ({ sourceId, statusType: "REBUILD" }));
  let closing;
  const results = await client.setStatuses(changes, { onProgress: () => (closing ??= client.close()) });
  assert.ok(results.every(({ ok }) => ok));
  await closing;
  await assertClosed(client);
});

test("row 32: 1,000 calls on one signal: no listener is left, and no warning is given", async (t) => {
  const warnings = [];
  const keep = (warning) => warnings.push(warning);
  process.on("warning", keep);
  t.after(() => process.off("warning", keep));
  const server = await startFaultServer(t, [forever(reply({ body: "{}" }))]);
  const client = connect(t, server);
  const { signal } = new AbortController();
  await Promise.all(sources(1000).map((id) => client.setStatus(id, "REBUILD", { signal })));
  assert.equal(getEventListeners(signal, "abort").length, 0);
  assert.equal(server.requests.length, 1000);
  assert.ok(server.peakOpenSockets <= 2 * 8, `${server.peakOpenSockets} sockets`);
  await sleep(10);
  assert.deepEqual(warnings, []);
});

const program = `
  const client = new StatusClient({
    organizationId: ORGANIZATION, accessToken: TOKEN, endpoint: process.argv[1],
    attemptTimeoutMs: ${NEVER_MS}, totalTimeoutMs: ${NEVER_MS},
  });
  await client.setStatus(SOURCE, "REBUILD");`;

for (const [what, answer] of [
  ["a whole answer", reply({ body: "{}" })],
  ["an answer whose body stalls", stallBody({ status: 201 })],
]) {
  test(`row 2: after ${what}, a program ends without closing the client`, async (t) => {
    const server = await startFaultServer(t, [answer]);
    const { code, stderr } = await runProgram(t, program, { args: [server.endpoint] });
    assert.equal(code, 0, stderr);
  });
}
