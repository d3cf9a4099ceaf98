import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { test } from "node:test";
import { startedEmulator, statusUrl } from "./started-emulator.js";

async function running(t, options) {
  const emulator = await startedEmulator(t, options);
  const set = (statusType = "REBUILD", { sourceId = "my-source", ...init } = {}) => {
    const url = statusUrl(emulator, sourceId, statusType);
    const headers = { Authorization: "Bearer my-secret-token" };
    return fetch(url, { method: "POST", headers, redirect: "manual", ...init });
  };
  return { emulator, set };
}

function latest(emulator) {
  const { httpStatus, fault, applied } = emulator.requests.at(-1);
  return { httpStatus, fault, applied };
}

test("a 429 has the documented code and the Retry-After that was asked for, once", async (t) => {
  const { emulator, set } = await running(t);
  emulator.failNext({ status: 429, retryAfter: 1 });
  const response = await set();
  assert.equal(response.status, 429);
  assert.equal(response.headers.get("retry-after"), "1");
  assert.deepEqual(await response.json(), { errorCode: "TOO_MANY_REQUESTS", message: "Too Many Requests" });
  assert.deepEqual(latest(emulator), { httpStatus: 429, fault: "status", applied: false });
  assert.equal((await set()).status, 201);
  assert.deepEqual(latest(emulator), { httpStatus: 201, fault: null, applied: true });
});

const DEFAULT_CODES = [
  [400, "INVALID_JSON"],
  [401, "INVALID_TOKEN"],
  [403, "ACCESS_DENIED"],
  [404, "NOT_FOUND"],
  [500, "INTERNAL_SERVER_ERROR"],
  [599, "HTTP_599"],
];

for (const [status, errorCode] of DEFAULT_CODES) {
  test(`a scripted ${status} has the code ${errorCode} by default`, async (t) => {
    const { emulator, set } = await running(t);
    emulator.failNext({ status }, { status, errorCode: "MINE", message: "as the test wants it" });
    const response = await set();
    assert.equal(response.status, status);
    assert.equal((await response.json()).errorCode, errorCode);
    assert.deepEqual(await (await set()).json(), { errorCode: "MINE", message: "as the test wants it" });
  });
}

test("a scripted 502, 503 or 504 is a gateway's page, a JSON error where a code is asked for", async (t) => {
  const { emulator, set } = await running(t);
  for (const status of [502, 503, 504]) {
    emulator.failNext({ status }, { status, errorCode: "SERVICE_DOWN" });
    const page = await set();
    assert.equal(page.status, status);
    assert.match(page.headers.get("content-type"), /^text\/html/);
    assert.match(await page.text(), /<html|<title>/);
    assert.equal((await (await set()).json()).errorCode, "SERVICE_DOWN");
  }
});

test("a body, its media type and other headers go out as they are scripted", async (t) => {
  const { emulator, set } = await running(t);
  emulator.failNext(
    { status: 500, body: '{"errorCode":', headers: { "content-type": "application/json", "X-Trace": "7" } },
    { status: 500, body: [null] },
    { status: 500, body: null },
    { status: 500, body: new Uint8Array([0xff, 0xfe]) },
    { status: 201, body: "" },
    { status: 204 },
    { status: 429, headers: { "Access-Control-Expose-Headers": "Retry-After" }, retryAfter: "1, 1" },
  );
  const broken = await set();
  assert.equal(broken.headers.get("content-type"), "application/json");
  assert.equal(broken.headers.get("x-trace"), "7");
  assert.equal(await broken.text(), '{"errorCode":');
  assert.equal(await (await set()).text(), "[null]");
  assert.equal(await (await set()).text(), "null");
  assert.deepEqual([...new Uint8Array(await (await set()).arrayBuffer())], [0xff, 0xfe]);
  for (const status of [201, 204]) {
    const empty = await set();
    assert.equal(empty.status, status);
    assert.equal(await empty.text(), "");
    assert.deepEqual(latest(emulator), { httpStatus: status, fault: "status", applied: true });
  }
  const throttled = await set();
  assert.equal(throttled.headers.get("access-control-expose-headers"), "Retry-After");
  assert.equal(throttled.headers.get("retry-after"), "1, 1");
});

test("a stalled call is not answered", async (t) => {
  let arrive;
  const arrived = new Promise((resolve) => (arrive = resolve));
  const { emulator, set } = await running(t, { onRequest: arrive });
  emulator.failNext({ stall: true });
  const controller = new AbortController();
  const call = set("REBUILD", { signal: controller.signal });
  await arrived;
  controller.abort();
  await assert.rejects(call, { name: "AbortError" });
  assert.deepEqual(latest(emulator), { httpStatus: null, fault: "stall", applied: false });
  assert.equal((await set()).status, 201);
});

test("a reset call ends in ECONNRESET", async (t) => {
  const { emulator, set } = await running(t);
  emulator.failNext({ reset: true, times: 2 });
  await assert.rejects(set(), ({ cause }) => cause.code === "ECONNRESET");
  const url = `${emulator.endpoint}/organizations/my-org/sources/my-source/status?statusType=IDLE`;
  const [error] = await once(request(url, { method: "POST" }).end(), "error");
  assert.equal(error.code, "ECONNRESET");
  assert.deepEqual(latest(emulator), { httpStatus: null, fault: "reset", applied: false });
});

test("a redirect has the location and status that were asked for, and sets nothing", async (t) => {
  const { emulator, set } = await running(t);
  emulator.failNext({ redirect: "https://login.example/" }, { redirect: "/elsewhere", status: 307 });
  const found = await set();
  assert.deepEqual([found.status, found.headers.get("location")], [302, "https://login.example/"]);
  const temporary = await set();
  assert.deepEqual([temporary.status, temporary.headers.get("location")], [307, "/elsewhere"]);
  assert.deepEqual(latest(emulator), { httpStatus: 307, fault: "redirect", applied: false });
  assert.deepEqual(emulator.activities("my-source"), []);
});

test("a late answer is the service's own, and the call takes effect when it arrives", async (t) => {
  let onRequest;
  const { emulator, set } = await running(t, { onRequest: (record) => onRequest(record) });
  emulator.failNext({ delayMs: 100 }, { status: 500, delayMs: 100 });
  for (const status of [201, 500]) {
    let isAnswered = false;
    const arrival = new Promise((resolve) => {
      onRequest = ({ httpStatus }) => {
        const activities = emulator.activities("my-source").length;
        resolve({ arrivedAt: performance.now(), httpStatus, activities, isAnswered });
      };
    });
    const answer = set().finally(() => {
      isAnswered = true;
    });
    const { arrivedAt, ...seen } = await arrival;
    assert.deepEqual(seen, { httpStatus: status, activities: 1, isAnswered: false });
    assert.equal((await answer).status, status);
    assert.ok(performance.now() - arrivedAt >= 99);
  }
});

test("a call can be applied although its answer says otherwise", async (t) => {
  const { emulator, set } = await running(t);
  emulator.failNext({ status: 500, applied: true });
  assert.equal((await set("REBUILD")).status, 500);
  assert.equal(emulator.activities("my-source")[0].state, "ongoing");
  assert.deepEqual(latest(emulator), { httpStatus: 500, fault: "status", applied: true });
  emulator.failNext({ reset: true, applied: true });
  await assert.rejects(set("IDLE"));
  assert.equal(emulator.activities("my-source")[0].state, "completed");
  emulator.failNext({ status: 408, applied: true });
  await set("REFRESH");
  assert.equal(emulator.activities("my-source")[1].state, "ongoing");
});

test("a call that the service would refuse is never applied", async (t) => {
  const { emulator, set } = await running(t, { sources: ["my-source"] });
  emulator.failNext({ status: 500, applied: true });
  assert.equal((await set("REBUILD", { sourceId: "other" })).status, 500);
  assert.deepEqual(emulator.activities("other"), []);
});

test("a fault meets as many calls as `times` says", async (t) => {
  const { emulator, set } = await running(t);
  emulator.failNext({ status: 503, times: 3 }, { status: 500 });
  const seen = [];
  for (let call = 0; call < 5; call += 1) seen.push((await set()).status);
  assert.deepEqual(seen, [503, 503, 503, 500, 201]);
  emulator.failNext({ status: 503, times: Number.POSITIVE_INFINITY });
  for (let call = 0; call < 5; call += 1) assert.equal((await set()).status, 503);
  emulator.clearFaults();
  assert.equal((await set()).status, 201);
});

test("a fault for one source or one status leaves the other calls alone", async (t) => {
  const { emulator, set } = await running(t);
  emulator.failNext({ status: 500, sourceId: "one" }, { status: 503, statusType: "IDLE" });
  assert.equal((await set("REBUILD", { sourceId: "two" })).status, 201);
  assert.equal((await set("IDLE", { sourceId: "two" })).status, 503);
  assert.equal((await set("IDLE", { sourceId: "one" })).status, 500);
  assert.equal((await set("IDLE", { sourceId: "one" })).status, 201);
});

test("only what is emulated meets faults", async (t) => {
  const { emulator, set } = await running(t);
  emulator.failNext({ status: 500 });
  assert.equal((await fetch(`${emulator.endpoint}/organizations/o/permissions`)).status, 501);
  assert.equal((await set("IDLE", { method: "PUT" })).status, 405);
  assert.equal((await set("IDLE", { method: "OPTIONS" })).status, 204);
  assert.equal((await set()).status, 500);
});

test("the faults that are still to come can be read, and cleared", async (t) => {
  const { emulator, set } = await running(t);
  emulator.failNext({ status: 429, retryAfter: 1, times: 2, sourceId: "my-source" });
  await set();
  assert.deepEqual(emulator.faults, {
    next: [{ status: 429, retryAfter: 1, times: 1, sourceId: "my-source" }],
    random: null,
  });
  emulator.failRandomly({ rate: 0.5, faults: [{ reset: true }] });
  assert.deepEqual(emulator.faults.random, { rate: 0.5, seed: 1, faults: [{ reset: true }] });
  emulator.clearFaults();
  assert.deepEqual(emulator.faults, { next: [], random: null });
});
