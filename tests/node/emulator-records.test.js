import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { inspect } from "node:util";
import { startEmulator } from "../../pkg/emulator/index.js";
import { startedEmulator } from "./started-emulator.js";

const TOKEN = "xx0a1b2c3d-4e5f=+/~";
const STATUS_PATH = "/organizations/my-org/sources/my-source/status";

function post(emulator, path, headers, body = "{}") {
  return fetch(emulator.endpoint + path, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body,
  });
}

test("a record has what was sent and what was answered", async (t) => {
  const emulator = await startedEmulator(t);
  const before = Date.now();
  await post(emulator, `${STATUS_PATH}?statusType=REBUILD`, { Authorization: `Bearer ${TOKEN}` });
  const [record] = emulator.requests;
  const { at, headers, ...rest } = record;
  assert.deepEqual(rest, {
    id: 1,
    method: "POST",
    path: `/push/v1${STATUS_PATH}?statusType=REBUILD`,
    operation: "set-status",
    organizationId: "my-org",
    sourceId: "my-source",
    statusType: "REBUILD",
    orderingId: null,
    body: "{}",
    httpStatus: 201,
    fault: null,
    applied: true,
  });
  assert.ok(at >= before && at <= Date.now());
  assert.equal(headers.authorization, "Bearer ****");
  assert.equal(headers["content-type"], "application/json");
  assert.ok(Object.isFrozen(record) && Object.isFrozen(headers));
});

test("requests for other paths and preflights are recorded too, without an id or a status", async (t) => {
  const emulator = await startedEmulator(t);
  await post(emulator, "/organizations/o/permissions", { Authorization: `Bearer ${TOKEN}` });
  await fetch(emulator.endpoint + STATUS_PATH, { method: "OPTIONS" });
  const [other, preflight] = emulator.requests;
  assert.deepEqual(
    [other.operation, other.sourceId, other.statusType, other.httpStatus],
    [null, null, null, 501],
  );
  assert.deepEqual([preflight.method, preflight.httpStatus, preflight.applied], ["OPTIONS", 204, false]);
});

test("a token is nowhere, wherever it was put and whatever became of the call", async (t) => {
  const printed = [];
  const emulator = await startedEmulator(t, {
    tokens: [TOKEN, "another-token", "another-token-2"],
    control: true,
    onRequest: (record) => printed.push(inspect(record)),
  });
  const encoded = encodeURIComponent(TOKEN);
  await post(emulator, `${STATUS_PATH}?statusType=REBUILD`, { Authorization: `Bearer ${TOKEN}` });
  await post(emulator, `${STATUS_PATH}?statusType=IDLE`, { Authorization: TOKEN });
  await post(emulator, `${STATUS_PATH}?statusType=IDLE`, { Authorization: `Bearer Bearer ${TOKEN}` });
  await post(emulator, `${STATUS_PATH}?statusType=IDLE`, {
    Authorization: `Token ${TOKEN}`,
    "X-Api-Key": TOKEN,
  });
  await post(emulator, `${STATUS_PATH}?access_token=${encoded}`, {
    Cookie: `token=${TOKEN}`,
    "X-Trace": TOKEN,
  });
  await post(emulator, `${STATUS_PATH}?statusType=another-token-2`, {}, JSON.stringify({ token: TOKEN }));
  const stray = `/organizations/${encoded}/sources/${encoded}/status?statusType=REBUILD`;
  assert.equal((await post(emulator, stray, { Authorization: `Bearer ${TOKEN}` })).status, 201);

  const read = async (resource) => (await fetch(`${emulator.controlUrl}/${resource}`)).text();
  const seen = [
    inspect(emulator, { depth: 9, showHidden: true }),
    JSON.stringify(emulator),
    inspect(emulator.requests, { depth: 9 }),
    JSON.stringify(emulator.requests),
    inspect(emulator.sourceIds),
    await read("requests"),
    await read("activities"),
    ...printed,
  ].join("\n");
  assert.equal(emulator.requests.length, 7);
  assert.equal(printed.length, 7);
  for (const secret of [TOKEN, encoded, "another-token"]) assert.ok(!seen.includes(secret), secret);
  assert.ok(!seen.includes("****-2"), "the rest of a longer token");
  assert.deepEqual(emulator.sourceIds, ["my-source", "****"]);
});

test("the scheme of Authorization is kept, and nothing else of it", async (t) => {
  const emulator = await startedEmulator(t);
  for (const value of ["Bearer short", "bearer x y", "Basic dTpw", "Bearer", "nothing-but-a-token"]) {
    await post(emulator, `${STATUS_PATH}?statusType=IDLE`, { Authorization: value });
  }
  assert.deepEqual(
    emulator.requests.map(({ headers }) => headers.authorization),
    ["Bearer ****", "bearer ****", "Basic ****", "Bearer", "****"],
  );
});

test("other headers that carry secrets are masked as a whole", async (t) => {
  const emulator = await startedEmulator(t);
  const secrets = { Cookie: "session=1", "X-Api-Key": "k", "Proxy-Authorization": "Basic dTpw" };
  await post(emulator, `${STATUS_PATH}?statusType=IDLE&api_key=k`, secrets);
  const [{ headers, path }] = emulator.requests;
  assert.deepEqual(
    [headers.cookie, headers["x-api-key"], headers["proxy-authorization"]],
    ["****", "****", "Basic ****"],
  );
  assert.match(path, /&api_key=\*{4}$/);
});

test("no answer repeats a token, nor does an error about the declared ones", async (t) => {
  const emulator = await startedEmulator(t, { tokens: ["another-token"] });
  const path = `/organizations/my-org/sources/${encodeURIComponent(TOKEN)}/status?statusType=${TOKEN}`;
  const response = await post(emulator, path, { Authorization: `Bearer ${TOKEN}` });
  assert.equal(response.status, 401);
  assert.ok(!(await response.text()).includes(TOKEN));
  await assert.rejects(startEmulator({ tokens: [{ token: TOKEN, privileges: [TOKEN, 1] }] }), (error) => {
    assert.equal(error.message, "tokens[0].privileges[1] must be a string that is not empty");
    return !inspect(error).includes(TOKEN);
  });
});

test("onRequest gets each record before its answer is read, and stalled ones too", async (t) => {
  const printed = [];
  const emulator = await startedEmulator(t, { onRequest: (record) => printed.push(record) });
  await post(emulator, `${STATUS_PATH}?statusType=REBUILD`, { Authorization: `Bearer ${TOKEN}` });
  assert.deepEqual(printed, emulator.requests);
  emulator.failNext({ stall: true });
  const controller = new AbortController();
  const stalled = fetch(`${emulator.endpoint}${STATUS_PATH}`, { method: "POST", signal: controller.signal });
  while (printed.length < 2) await setImmediate();
  controller.abort();
  await assert.rejects(stalled);
  assert.equal(printed[1].fault, "stall");
});

test("of more requests than requestLogLimit the latest are kept, with their ids", async (t) => {
  const emulator = await startedEmulator(t, { requestLogLimit: 2 });
  for (let call = 0; call < 5; call += 1) {
    await post(emulator, `${STATUS_PATH}?statusType=IDLE`, { Authorization: `Bearer ${TOKEN}` });
    assert.ok(emulator.requests.length <= 2);
  }
  assert.deepEqual(
    emulator.requests.map(({ id }) => id),
    [4, 5],
  );
});

test("of a body only the first 64 KiB are kept", async (t) => {
  const emulator = await startedEmulator(t);
  const documents = "d".repeat(5_000_000);
  assert.equal((await post(emulator, "/organizations/o/permissions", {}, documents)).status, 501);
  assert.equal(emulator.requests[0].body.length, 64 * 1024);
});
