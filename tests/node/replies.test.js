import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "./connect.js";
import { assertSays, failureOf } from "./failure.js";
import { SOURCE } from "./sample.js";

const successes = {
  "201 without a body": { status: 201 },
  "201 with {}": { status: 201, body: "{}", headers: { "content-type": "application/json" } },
  200: { status: 200, body: "{}" },
  202: { status: 202 },
  204: { status: 204 },
  "201 with HTML": {
    status: 201,
    body: "<!doctype html><p>Created",
    headers: { "content-type": "text/html" },
  },
  "201 with broken JSON": { status: 201, body: '{"a":', headers: { "content-type": "application/json" } },
  "201 with bytes that do not match their encoding": {
    body: "plain",
    headers: { "content-encoding": "gzip" },
  },
};

for (const [what, answer] of Object.entries(successes)) {
  test(`row 1: ${what}: resolves after one request`, async (t) => {
    const server = await startFaultServer(t, [reply(answer)]);
    const startedAt = performance.now();
    const { elapsedMs, ...update } = await connect(t, server).setStatus(SOURCE, "REBUILD");
    const tookMs = performance.now() - startedAt;
    assert.deepEqual(update, {
      sourceId: SOURCE,
      statusType: "REBUILD",
      httpStatus: answer.status ?? 201,
      attempts: 1,
    });
    assert.ok(elapsedMs >= 0 && elapsedMs <= tookMs + 1, `${elapsedMs} ms of ${tookMs}`);
  });
}

const documented = [
  {
    row: 3,
    status: 400,
    errorCode: "INVALID_JSON",
    code: "rejected",
    says: [/./],
  },
  {
    row: 3,
    status: 400,
    errorCode: "ORGANIZATION_IS_PAUSED",
    code: "rejected",
    says: [/reactivate/i, /console/i],
  },
  { row: 4, status: 401, errorCode: "UNAUTHORIZED", code: "unauthenticated", says: [/token|key/i] },
  { row: 4, status: 401, errorCode: "INVALID_TOKEN", code: "unauthenticated", says: [/token|key/i] },
  { row: 4, status: 403, errorCode: "ACCESS_DENIED", code: "forbidden", says: [/privilege/i] },
];

for (const { row, status, errorCode, code, says } of documented) {
  test(`row ${row}: ${status} ${errorCode}: final, with the service's code and a hint`, async (t) => {
    const body = JSON.stringify({ errorCode, message: "as the service words it" });
    const server = await startFaultServer(t, [reply({ status, body })]);
    const error = await failureOf(connect(t, server).setStatus(SOURCE, "REFRESH"), {
      code,
      httpStatus: status,
      errorCode,
      attempts: 1,
      outcome: "not_applied",
      sourceId: SOURCE,
      statusType: "REFRESH",
    });
    assert.equal(typeof error.hint, "string");
    assert.ok(error.hint.length > 0);
    assertSays(error, server.host, SOURCE, "REFRESH", errorCode, String(status), ...says);
  });
}

for (const status of [404, 412, 415, 409, 418, 422]) {
  test(`row 5: ${status}: final, the HTTP status is kept`, async (t) => {
    const server = await startFaultServer(t, [reply({ status })]);
    const error = await failureOf(connect(t, server).setStatus(SOURCE, "INCREMENTAL"), {
      code: status === 404 ? "not_found" : "rejected",
      httpStatus: status,
      errorCode: undefined,
      attempts: 1,
      outcome: "not_applied",
    });
    assertSays(error, server.host, SOURCE, "INCREMENTAL", String(status));
    if (status === 404) assertSays(error, /region/i);
  });
}

for (const status of [501, 505]) {
  test(`row 14: ${status}: final, trying again cannot help`, async (t) => {
    const server = await startFaultServer(t, [reply({ status })]);
    await failureOf(connect(t, server).setStatus(SOURCE, "IDLE"), {
      code: "rejected",
      httpStatus: status,
      attempts: 1,
      outcome: "not_applied",
    });
  });
}
