import assert from "node:assert/strict";
import { test } from "node:test";
import { RawPusher } from "./raw-pusher.js";
import { startedEmulator, statusUrl } from "./started-emulator.js";

async function running(t) {
  const emulator = await startedEmulator(t, { control: true });
  const set = (sourceId, statusType) => {
    const url = statusUrl(emulator, sourceId, statusType);
    return fetch(url, { method: "POST", headers: { Authorization: "Bearer my-secret-token" } });
  };
  const control = async (method, resource, body) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(`${emulator.controlUrl}/${resource}`, init);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      value: text === "" ? null : JSON.parse(text),
    };
  };
  return { emulator, set, control };
}

test("without the option there is no control surface", async (t) => {
  const emulator = await startedEmulator(t);
  assert.equal(emulator.controlUrl, undefined);
  for (const resource of ["faults", "requests", "activities", ""]) {
    const response = await fetch(new URL(`/emulator/${resource}`, emulator.endpoint));
    assert.equal(response.status, 404);
    assert.match((await response.json()).message, /option control/);
  }
});

test("the activities of all sources, or of some, can be read", async (t) => {
  const { emulator, set, control } = await running(t);
  await set("one", "REBUILD");
  await set("two", "REFRESH");
  const all = await control("GET", "activities");
  assert.equal(all.status, 200);
  assert.deepEqual(all.value, { one: emulator.activities("one"), two: emulator.activities("two") });
  const some = await control("GET", "activities?sourceId=two&sourceId=three");
  assert.deepEqual(some.value, { two: emulator.activities("two"), three: [] });
});

test("the requests can be read, all or those after one; reading leaves no trace", async (t) => {
  const { emulator, set, control } = await running(t);
  await set("one", "REBUILD");
  await set("one", "IDLE");
  assert.deepEqual((await control("GET", "requests")).value, emulator.requests);
  assert.deepEqual((await control("GET", "requests?after=1")).value, [emulator.requests[1]]);
  assert.deepEqual((await control("GET", "requests?after=2")).value, []);
  assert.equal((await control("GET", "requests?after=x")).status, 400);
  assert.equal((await control("OPTIONS", "requests")).status, 204);
  assert.equal(emulator.requests.length, 2);
});

test("faults can be planned, read and cleared", async (t) => {
  const { emulator, set, control } = await running(t);
  const planned = await control("POST", "faults", {
    next: [{ status: 429, retryAfter: 1 }, { status: 500 }],
  });
  assert.equal(planned.status, 200);
  assert.deepEqual(planned.value, {
    next: [
      { status: 429, retryAfter: 1, times: 1 },
      { status: 500, times: 1 },
    ],
    random: null,
  });
  assert.equal((await set("one", "REBUILD")).status, 429);
  await control("POST", "faults", { random: { rate: 1, faults: [{ status: 503 }] } });
  assert.deepEqual((await control("GET", "faults")).value, emulator.faults);
  assert.equal((await set("one", "REBUILD")).status, 500);
  assert.equal((await set("one", "REBUILD")).status, 503);
  assert.deepEqual((await control("DELETE", "faults")).value, { next: [], random: null });
  assert.equal((await set("one", "REBUILD")).status, 201);
  await control("POST", "faults", { next: { status: 418 } });
  assert.equal((await set("one", "REBUILD")).status, 418);
});

test("a plan that is not valid is answered 400, and nothing of it is planned", async (t) => {
  const { emulator, control } = await running(t);
  const invalid = [
    [{ next: [{ status: 500 }, { status: 7 }] }, "fault[1].status must be an integer from 200 to 599"],
    [{ random: { rate: 2 } }, "rate must be a number from 0 to 1"],
    [{ next: [{ status: 500 }], random: { rate: 1 } }, "the body must have either next or random"],
    [{}, "the body must have either next or random"],
    [{ faults: [] }, 'unknown name "faults" in the body; known are next, random'],
    [[], "the body must be an object"],
    [{ next: null }, "fault must be an object"],
  ];
  for (const [plan, message] of invalid) {
    const { status, value } = await control("POST", "faults", plan);
    assert.deepEqual({ status, value }, { status: 400, value: { errorCode: "INVALID_ARGUMENT", message } });
  }
  const broken = await fetch(`${emulator.controlUrl}/faults`, { method: "POST", body: "{" });
  assert.equal(broken.status, 400);
  assert.equal((await broken.json()).message, "the body is not valid JSON");
  assert.deepEqual(emulator.faults, { next: [], random: null });
});

test("the log can be cleared", async (t) => {
  const { emulator, set, control } = await running(t);
  await set("one", "REBUILD");
  assert.equal((await control("DELETE", "log")).status, 204);
  assert.deepEqual([emulator.requests, emulator.sourceIds], [[], []]);
});

test("the documents of all sources, or of some, can be read and cleared, and containers expire", async (t) => {
  const { emulator, control } = await running(t);
  const [one, two] = ["one", "two"].map((sourceId) => new RawPusher(emulator, { sourceId }));
  await one.put("a:1", { data: "One" });
  await two.put("__proto__", {});
  const fileId = await one.uploaded({ delete: [{ documentId: "a:1" }] });
  assert.deepEqual((await control("GET", "documents")).value, { one: one.documents, two: two.documents });
  const some = await control("GET", "documents?sourceId=one&sourceId=three");
  assert.deepEqual(some.value, { one: one.documents, three: {} });
  assert.equal((await control("DELETE", "files")).status, 204);
  assert.equal((await one.send("PUT", `documents/batch?fileId=${fileId}`)).status, 412);
  assert.equal((await control("DELETE", "documents")).status, 204);
  assert.deepEqual([one.ids, two.ids], [[], []]);
});

test("another method or another resource is answered with what there is", async (t) => {
  const { control } = await running(t);
  const wrongMethod = await control("PUT", "faults");
  assert.equal(wrongMethod.status, 405);
  assert.equal(wrongMethod.headers.get("allow"), "GET, POST, DELETE, OPTIONS");
  for (const resource of ["", "nothing", "constructor", "faults/1"]) {
    const { status, value } = await control("GET", resource);
    assert.equal(status, 404);
    assert.equal(
      value.message,
      "under /emulator/ there are activities, documents, files, requests, faults, log",
    );
  }
});
