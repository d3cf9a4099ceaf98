import assert from "node:assert/strict";
import { test } from "node:test";
import { startedEmulator } from "./started-emulator.js";

const STATUS_PATH = "/organizations/my-org/sources/my-source/status?statusType=IDLE";

function names(list) {
  return list.split(",").map((name) => name.trim().toLowerCase());
}

function assertReadableByPages(response) {
  assert.equal(response.headers.get("access-control-allow-origin"), "*");
  const allowedHeaders = names(response.headers.get("access-control-allow-headers"));
  for (const name of ["accept", "authorization", "content-type"])
    assert.ok(allowedHeaders.includes(name), name);
  const allowedMethods = names(response.headers.get("access-control-allow-methods"));
  for (const name of ["get", "post", "put", "delete"]) assert.ok(allowedMethods.includes(name), name);
  assert.equal(response.headers.get("access-control-expose-headers"), null);
}

test("a preflight is answered 204 for every path, without a token", async (t) => {
  const emulator = await startedEmulator(t, { tokens: ["known-token"], control: true });
  const headers = {
    Origin: "http://127.0.0.1:8000",
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type",
  };
  for (const url of [
    emulator.endpoint + STATUS_PATH,
    `${emulator.controlUrl}/faults`,
    `${emulator.endpoint}/x`,
  ]) {
    const response = await fetch(url, { method: "OPTIONS", headers });
    assert.equal(response.status, 204);
    assertReadableByPages(response);
    assert.equal(response.headers.get("access-control-allow-private-network"), null);
  }
});

test("a page of another address space is let in where its browser asks", async (t) => {
  const emulator = await startedEmulator(t);
  const headers = { "Access-Control-Request-Private-Network": "true" };
  const response = await fetch(emulator.endpoint + STATUS_PATH, { method: "OPTIONS", headers });
  assert.equal(response.headers.get("access-control-allow-private-network"), "true");
});

test("every answer has the CORS headers, and none exposes Retry-After", async (t) => {
  const emulator = await startedEmulator(t, { control: true });
  emulator.failNext(
    { status: 429, retryAfter: 1 },
    { status: 502 },
    { redirect: "/" },
    { status: 500, body: "x" },
  );
  const authorized = {
    method: "POST",
    headers: { Authorization: "Bearer my-secret-token" },
    redirect: "manual",
  };
  const calls = [
    ...[429, 502, 302, 500, 201].map((status) => [status, emulator.endpoint + STATUS_PATH, authorized]),
    [401, emulator.endpoint + STATUS_PATH, { method: "POST" }],
    [405, emulator.endpoint + STATUS_PATH, { method: "PUT" }],
    [501, `${emulator.endpoint}/organizations/o/sources/s/permissions`, { method: "PUT" }],
    [404, `${emulator.endpoint}/nothing`, {}],
    [200, `${emulator.controlUrl}/activities`, {}],
    [404, `${emulator.controlUrl}/nothing`, {}],
  ];
  for (const [status, url, init] of calls) {
    const response = await fetch(url, init);
    assert.equal(response.status, status);
    assertReadableByPages(response);
  }
});
