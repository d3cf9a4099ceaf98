import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { test } from "node:test";
import { promisify } from "node:util";
import { startEmulator } from "../../pkg/emulator/index.js";
import { startedEmulator } from "./started-emulator.js";

function portOf(emulator) {
  return Number(new URL(emulator.endpoint).port);
}

function setIdle(emulator, init) {
  const url = `${emulator.endpoint}/organizations/my-org/sources/my-source/status?statusType=IDLE`;
  return fetch(url, { method: "POST", headers: { Authorization: "Bearer my-secret-token" }, ...init });
}

test("the endpoint is a loopback address with a free port, and what clients expect below it", async (t) => {
  const emulator = await startedEmulator(t);
  assert.match(emulator.endpoint, /^http:\/\/127\.0\.0\.1:[1-9]\d*\/push\/v1$/);
  const another = await startEmulator();
  t.after(() => another.close());
  assert.notEqual(another.endpoint, emulator.endpoint);
});

test("it listens on no other address of the machine", async (t) => {
  const emulator = await startedEmulator(t);
  const addresses = Object.values(networkInterfaces()).flat();
  const outside = addresses.filter(({ internal, family }) => !internal && family === "IPv4");
  // Only on Linux, all of 127.0.0.0/8 works without a configuration.
  const loopback = process.platform === "linux" ? ["127.0.0.2"] : [];
  for (const host of [...loopback, ...outside.map(({ address }) => address)]) {
    const [error] = await once(connect(portOf(emulator), host), "error");
    assert.equal(error.code, "ECONNREFUSED");
  }
});

test("it listens on another address on request, and names one that its machine reaches", async (t) => {
  const everywhere = await startedEmulator(t, { host: "0.0.0.0" });
  assert.match(everywhere.endpoint, /^http:\/\/127\.0\.0\.1:/);
  for (const host of ["127.0.0.1", ...(process.platform === "linux" ? ["127.0.0.2"] : [])]) {
    const socket = connect(portOf(everywhere), host);
    await once(socket, "connect");
    socket.destroy();
  }
  const named = await startedEmulator(t, { host: "localhost" });
  assert.equal((await setIdle(named)).status, 201);
});

test("close ends every connection at once, frees the port, and may be called again", async () => {
  const emulator = await startEmulator();
  const port = portOf(emulator);
  emulator.failNext({ stall: true }, { delayMs: 3_600_000 });
  const idle = connect(port, "127.0.0.1").on("error", () => {});
  await once(idle, "connect");
  const unanswered = [setIdle(emulator), setIdle(emulator)].map((call) => assert.rejects(call));
  while (emulator.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));

  const closing = emulator.close();
  assert.equal(emulator.close(), closing);
  await Promise.all([closing, once(idle, "close"), ...unanswered]);
  await emulator.close();
  assert.equal(emulator.requests.length, 2);
  await assert.rejects(setIdle(emulator), ({ cause }) => cause.code === "ECONNREFUSED");

  const successor = await startEmulator({ port });
  assert.equal(portOf(successor), port);
  await successor.close();
});

test("it is disposed of like any other resource", async () => {
  const emulator = await startEmulator();
  await emulator[Symbol.asyncDispose]();
  await assert.rejects(setIdle(emulator));
});

test("a closed emulator keeps no process alive, a late answer included", async () => {
  const program = `
    import { startEmulator } from ${JSON.stringify(new URL("../../pkg/emulator/index.js", import.meta.url).href)};
    const emulator = await startEmulator();
    emulator.failNext({ delayMs: 3_600_000 });
    const url = emulator.endpoint + "/organizations/o/sources/s/status?statusType=IDLE";
    fetch(url, { method: "POST" }).catch(() => console.log("cut off"));
    while (emulator.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await emulator.close();
  `;
  const run = promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], {
    timeout: 60_000,
  });
  assert.equal((await run).stdout, "cut off\n");
});

test("a client that leaves in the middle of its request does no harm", async (t) => {
  const emulator = await startedEmulator(t);
  const socket = connect(portOf(emulator), "127.0.0.1");
  socket.write(
    "POST /push/v1/organizations/o/sources/s/status?statusType=IDLE HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{",
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  assert.equal((await setIdle(emulator)).status, 201);
  assert.equal(emulator.requests.length, 1);
});

test("what onRequest throws is an uncaught exception, and the call is answered all the same", async () => {
  const program = `
    import { startEmulator } from ${JSON.stringify(new URL("../../pkg/emulator/index.js", import.meta.url).href)};
    const emulator = await startEmulator({ onRequest() { throw new Error("not what I expected"); } });
    process.on("uncaughtException", (error) => console.log(error.message));
    const url = emulator.endpoint + "/organizations/o/sources/s/status?statusType=IDLE";
    console.log((await fetch(url, { method: "POST", headers: { Authorization: "Bearer my-secret-token" } })).status);
    await emulator.close();
  `;
  const run = promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], {
    timeout: 60_000,
  });
  assert.equal((await run).stdout, "not what I expected\n201\n");
});

test("a port that is taken is an error with its code", async (t) => {
  const emulator = await startedEmulator(t);
  await assert.rejects(startEmulator({ port: portOf(emulator) }), { code: "EADDRINUSE" });
});

const INVALID_OPTIONS = [
  [
    { prot: 8080 },
    /^unknown name "prot" in the options; known are port, host, organizations, sources, tokens, /,
  ],
  [null, "the options must be an object"],
  [[], "the options must be an object"],
  [{ port: "8080" }, "port must be an integer from 0 to 65535"],
  [{ port: 65536 }, "port must be an integer from 0 to 65535"],
  [{ host: "" }, "host must be a string that is not empty"],
  [{ control: "yes" }, "control must be true or false"],
  [{ onRequest: {} }, "onRequest must be a function"],
  [{ requestLogLimit: 0 }, "requestLogLimit must be an integer of at least 1, or Infinity"],
  [{ organizations: "my-org" }, "organizations must be an array"],
  [
    { organizations: [{ id: "o", pause: true }] },
    'unknown name "pause" in organizations[0]; known are id, paused',
  ],
  [{ organizations: [{}] }, "organizations[0].id must be a string that is not empty"],
  [{ sources: [""] }, "sources[0] must be a string that is not empty"],
  [{ sources: ["s", { id: "t", push: 0 }] }, "sources[1].push must be true or false"],
  [{ tokens: [7] }, "tokens[0] must be an object"],
  [{ tokens: [{ token: "t", privileges: "push" }] }, "tokens[0].privileges must be an array"],
];

for (const [options, message] of INVALID_OPTIONS) {
  test(`the options ${JSON.stringify(options)} are rejected`, async () => {
    await assert.rejects(startEmulator(options), { name: "TypeError", message });
  });
}

test("options that are undefined count as not given", async (t) => {
  const names = [
    "port",
    "host",
    "organizations",
    "sources",
    "tokens",
    "control",
    "requestLogLimit",
    "onRequest",
  ];
  const emulator = await startedEmulator(t, Object.fromEntries(names.map((name) => [name, undefined])));
  assert.equal((await setIdle(emulator)).status, 201);
});
