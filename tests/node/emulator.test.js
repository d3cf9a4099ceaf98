import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { promisify } from "node:util";
import { startedEmulator } from "./started-emulator.js";

const STATUS_PATH = "/organizations/my-org/sources/my-source/status";
const JSON_HEADERS = { "Content-Type": "application/json", Authorization: "Bearer my-secret-token" };

function post(emulator, path, { headers = JSON_HEADERS, body = "{}" } = {}) {
  return fetch(emulator.endpoint + path, { method: "POST", headers, body });
}

async function assertError(response, httpStatus, errorCode) {
  assert.equal(response.status, httpStatus);
  assert.match(response.headers.get("content-type"), /^application\/json\b/);
  const error = await response.json();
  assert.deepEqual(Object.keys(error).sort(), ["errorCode", "message"]);
  assert.equal(error.errorCode, errorCode);
  assert.equal(typeof error.message, "string");
}

/** Each documented error, with a call that causes it. */
const ERRORS = [
  ["no Authorization header", 401, "UNAUTHORIZED", { headers: { "Content-Type": "application/json" } }],
  ["another scheme than Bearer", 401, "UNAUTHORIZED", { authorization: "Basic c2VjcmV0" }],
  ["Bearer without a token", 401, "UNAUTHORIZED", { authorization: "Bearer" }],
  ["Bearer pasted twice", 401, "UNAUTHORIZED", { authorization: "Bearer Bearer known-token" }],
  ["an unknown token", 401, "INVALID_TOKEN", { authorization: "Bearer unknown-token" }],
  ["a token in other letters", 401, "INVALID_TOKEN", { authorization: "Bearer KNOWN-TOKEN" }],
  ["a token without the privilege to push", 403, "ACCESS_DENIED", { authorization: "Bearer reading-token" }],
  ["an unknown organization", 404, "NOT_FOUND", { organizationId: "other-org" }],
  ["an organization in other letters", 404, "NOT_FOUND", { organizationId: "MY-ORG" }],
  ["a paused organization", 400, "ORGANIZATION_IS_PAUSED", { organizationId: "paused-org" }],
  ["an unknown source", 404, "NOT_FOUND", { sourceId: "other-source" }],
  ["a source of another organization", 404, "NOT_FOUND", { sourceId: "their-source" }],
  ["a source that is no Push source", 412, "PRECONDITION_FAILED", { sourceId: "web-source" }],
  ["no statusType", 412, "PRECONDITION_FAILED", { query: "" }],
  ["statusType in other letters", 412, "PRECONDITION_FAILED", { query: "?statusType=rebuild" }],
  ["the parameter's name in other letters", 412, "PRECONDITION_FAILED", { query: "?statustype=REBUILD" }],
  ["a name of the console", 412, "PRECONDITION_FAILED", { query: "?statusType=Rescan" }],
  ["two values", 412, "PRECONDITION_FAILED", { query: "?statusType=IDLE&statusType=REBUILD" }],
  ["text/plain", 415, "UNSUPPORTED_MEDIA_TYPE", { contentType: "text/plain" }],
  ["text/plain without a body", 415, "UNSUPPORTED_MEDIA_TYPE", { contentType: "text/plain", body: "" }],
  ["a form", 415, "UNSUPPORTED_MEDIA_TYPE", { contentType: "application/x-www-form-urlencoded" }],
  ["a broken body", 400, "INVALID_JSON", { body: '{"a":' }],
  ["a body that is no UTF-8", 400, "INVALID_JSON", { body: new Uint8Array([0x22, 0xff, 0x22]) }],
  ["a body beyond all measure", 413, "PAYLOAD_TOO_LARGE", { body: JSON.stringify("x".repeat(70_000)) }],
];

const STRICT = {
  organizations: ["my-org", { id: "paused-org", paused: true }],
  sources: [
    "my-source",
    { id: "web-source", push: false },
    { id: "their-source", organizationId: "paused-org" },
  ],
  tokens: ["known-token", { token: "reading-token", privileges: ["view"] }],
};

for (const [what, httpStatus, errorCode, call] of ERRORS) {
  test(`${what} is answered ${httpStatus} ${errorCode}`, async (t) => {
    const emulator = await startedEmulator(t, STRICT);
    const { organizationId = "my-org", sourceId = "my-source", query = "?statusType=REBUILD" } = call;
    const headers = call.headers ?? {
      "Content-Type": call.contentType ?? "application/json",
      Authorization: call.authorization ?? "Bearer known-token",
    };
    const path = `/organizations/${organizationId}/sources/${sourceId}/status${query}`;
    await assertError(
      await post(emulator, path, { headers, body: call.body ?? "{}" }),
      httpStatus,
      errorCode,
    );
    assert.deepEqual(emulator.activities(sourceId), []);
    assert.equal(emulator.requests[0].applied, false);
  });
}

for (const statusType of ["REBUILD", "REFRESH", "INCREMENTAL", "IDLE"]) {
  test(`${statusType} is answered 201 with {} where everything is known and good`, async (t) => {
    const emulator = await startedEmulator(t, STRICT);
    const headers = { ...JSON_HEADERS, Authorization: "Bearer known-token" };
    const response = await post(emulator, `${STATUS_PATH}?statusType=${statusType}`, { headers });
    assert.equal(response.status, 201);
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.equal(await response.text(), "{}");
  });
}

test("any organization, source and token is good where none was declared, but a token is needed", async (t) => {
  const emulator = await startedEmulator(t);
  const path = "/organizations/any/sources/whatever/status?statusType=IDLE";
  assert.equal((await post(emulator, path)).status, 201);
  const headers = { "Content-Type": "application/json" };
  await assertError(await post(emulator, path, { headers }), 401, "UNAUTHORIZED");
});

test("a body, a media type or both may be missing", async (t) => {
  const emulator = await startedEmulator(t);
  const path = `${STATUS_PATH}?statusType=IDLE`;
  const { Authorization } = JSON_HEADERS;
  assert.equal((await post(emulator, path, { headers: { Authorization }, body: null })).status, 201);
  assert.equal((await post(emulator, path, { body: null })).status, 201);
  const withCharset = { Authorization, "Content-Type": "application/json; charset=utf-8" };
  assert.equal((await post(emulator, path, { headers: withCharset })).status, 201);
  // A body without a media type is not known to be JSON.
  const untyped = await fetch(emulator.endpoint + path, {
    method: "POST",
    headers: { Authorization },
    body: new Uint8Array([0x7b, 0x7d]),
  });
  assert.equal(untyped.status, 415);
});

test("the sample request of the documentation is answered over a bare socket, at the base path it has", async (t) => {
  const emulator = await startedEmulator(t);
  const { hostname, port } = new URL(emulator.endpoint);
  const organizationId = "mycoveocloudv2organizationg8tp8wu3";
  const sourceId = `${organizationId}-rp5rxzbdz753uhndklv2ztkfgy`;
  const socket = connect(Number(port), hostname);
  const chunks = socket.toArray();
  socket.write(
    [
      `POST /v1/organizations/${organizationId}/sources/${sourceId}/status?statusType=REFRESH HTTP/1.1`,
      "Host: push.cloud.coveo.com",
      "Content-Type: application/json",
      "Accept: application/json",
      "Authorization: Bearer **********-****-****-****-************",
      "Content-Length: 2",
      "Connection: close",
      "",
      "{}",
    ].join("\r\n"),
  );
  const text = Buffer.concat(await chunks).toString();
  assert.match(text, /^HTTP\/1\.1 201 Created\r\n/);
  assert.match(text, /\r\n\r\n\{\}$/);
  assert.equal(emulator.activities(sourceId)[0].statusType, "REFRESH");
});

test("ids are decoded from the path, which is not normalised", async (t) => {
  const emulator = await startedEmulator(t, { sources: ["my source", "other"] });
  const encoded = "/organizations/o/sources/my%20source/status?statusType=REBUILD";
  assert.equal((await post(emulator, encoded)).status, 201);
  assert.equal(emulator.activities("my source").length, 1);
  assert.equal((await post(emulator, "/organizations/o/sources/%zz/status?statusType=REBUILD")).status, 404);

  const { hostname, port } = new URL(emulator.endpoint);
  const socket = connect(Number(port), hostname);
  socket.write(
    "POST /push/v1/organizations/o/sources/x/../other/status?statusType=REBUILD HTTP/1.1\r\n" +
      "Host: localhost\r\nAuthorization: Bearer my-secret-token\r\n\r\n",
  );
  const [answer] = await once(socket, "data");
  socket.destroy();
  assert.match(answer.toString(), /^HTTP\/1\.1 404 /);
  assert.deepEqual(emulator.activities("other"), []);
});

test("a method other than POST is answered 405 with the right one", async (t) => {
  const emulator = await startedEmulator(t);
  for (const method of ["GET", "PUT", "DELETE", "PATCH"]) {
    const response = await fetch(`${emulator.endpoint}${STATUS_PATH}?statusType=IDLE`, { method });
    assert.equal(response.headers.get("allow"), "POST, OPTIONS");
    await assertError(response, 405, "METHOD_NOT_ALLOWED");
  }
});

test("what the Push API has besides is answered 501, and so are the vendor's other APIs", async (t) => {
  const emulator = await startedEmulator(t);
  const calls = [
    ["PUT", "/push/v1/organizations/o/providers/p/permissions"],
    ["PUT", "/v1/organizations/o/permissions"],
    ["GET", "/push/v1/organizations/o/sources/s/documents/count"],
    ["GET", "/rest/organizations/o/indexes/page/fields"],
  ];
  for (const [method, path] of calls) {
    const response = await fetch(new URL(path, emulator.endpoint), { method });
    assert.equal(response.status, 501, path);
    const { errorCode, message } = await response.json();
    assert.equal(errorCode, "NOT_IMPLEMENTED");
    assert.match(message, /what is: set-status, put-document, .*createFields: false$/);
  }
});

test("any other path is answered 404 as JSON", async (t) => {
  const emulator = await startedEmulator(t);
  const paths = [
    "/",
    "/push/v1",
    "/push/v1/organizations/o/sources/s",
    `/push/v2${STATUS_PATH}`,
    "/emulator/faults",
  ];
  for (const path of [...paths, `/push/v1${STATUS_PATH}/`, "/push/v1/organizations//sources/s/status"]) {
    await assertError(await fetch(new URL(path, emulator.endpoint), { method: "POST" }), 404, "NOT_FOUND");
  }
});

const hasCurl = spawnSync("curl", ["--version"]).status === 0;

test("curl sets a status", { skip: hasCurl ? false : "there is no curl on this machine" }, async (t) => {
  const curl = promisify(execFile);
  const emulator = await startedEmulator(t);
  const url = `${emulator.endpoint}${STATUS_PATH}?statusType=INCREMENTAL`;
  const format = ["--silent", "--write-out", " %{http_code}"];
  const authorization = ["--header", "Authorization: Bearer my-secret-token"];
  const json = ["--header", "Content-Type: application/json", "--data", "{}"];
  const withBody = await curl("curl", ["--request", "POST", ...format, ...authorization, ...json, url]);
  assert.equal(withBody.stdout, "{} 201");
  const withoutBody = await curl("curl", ["--request", "POST", ...format, ...authorization, url]);
  assert.equal(withoutBody.stdout, "{} 201");
  assert.equal(emulator.activities("my-source").length, 2);
});
