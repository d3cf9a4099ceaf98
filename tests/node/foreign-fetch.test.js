import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { Clock } from "./clock.js";
import { connect } from "./connect.js";
import { assertSays, failureOf } from "./failure.js";
import { runProgram } from "./program.js";
import { ORGANIZATION, SOURCE, TOKEN } from "./sample.js";
import { RELEASE_MS } from "./waits.js";

/** Nothing listens here: these tests have their own fetch. */
const nowhere = { endpoint: "http://127.0.0.1:9/push/v1" };

/** A fetch that always does the same, and counts its calls. */
function scripted(action) {
  const fetch = (...args) => {
    fetch.calls.push(args);
    return action(...args);
  };
  fetch.calls = [];
  return fetch;
}

test("a fetch that is given is the one that is used, and it gets the whole request", async (t) => {
  const server = await startFaultServer(t, [reply()]);
  const fetch = scripted(globalThis.fetch);
  const update = await connect(t, server, { fetch }).setStatus(SOURCE, "REFRESH");
  assert.equal(update.httpStatus, 201);
  assert.equal(fetch.calls.length, 1);
  const [url, init] = fetch.calls[0];
  const path = `/organizations/${ORGANIZATION}/sources/${SOURCE}/status?statusType=REFRESH`;
  assert.equal(String(url?.url ?? url), server.endpoint + path);
  assert.equal((init ?? url).redirect, "manual");
});

test("row 31: no fetch at all: not_supported, at once and without a crash", async (t) => {
  const { code, stdout, stderr } = await runProgram(
    t,
    `
    delete globalThis.fetch;
    try {
      const client = new StatusClient({ organizationId: ORGANIZATION, accessToken: TOKEN });
      await client.setStatus(SOURCE, "REBUILD");
    } catch (error) {
      console.log(JSON.stringify([error instanceof StatusError, error.code, error.message]));
    }`,
  );
  assert.equal(code, 0, stderr);
  const [isStatusError, errorCode, message] = JSON.parse(stdout);
  assert.deepEqual([isStatusError, errorCode], [true, "not_supported"]);
  assert.match(message, /fetch/);
});

const failing = {
  "throws at once": () => {
    throw new RangeError("thrown at once");
  },
  "rejects with an Error": async () => {
    throw new TypeError("rejected");
  },
  "rejects with a string": () => Promise.reject("a text"),
  "rejects with undefined": () => Promise.reject(),
  "rejects with null": () => Promise.reject(null),
  "rejects with a symbol": () => Promise.reject(Symbol("a symbol")),
  "rejects with an object without a prototype": () => Promise.reject(Object.create(null)),
  "rejects with something that cannot be read": () =>
    Promise.reject(
      new Proxy(
        {},
        {
          get() {
            throw new Error("not for reading");
          },
        },
      ),
    ),
};

for (const [what, action] of Object.entries(failing)) {
  test(`row 31: a fetch that ${what}: a network error after the last attempt`, async (t) => {
    const fetch = scripted(action);
    const client = connect(t, nowhere, { fetch, retry: { attempts: 2, baseDelayMs: 1 } });
    await failureOf(client.setStatus(SOURCE, "REBUILD"), {
      code: "network",
      httpStatus: undefined,
      attempts: 2,
      outcome: "unknown",
      sourceId: SOURCE,
    });
    assert.equal(fetch.calls.length, 2);
  });
}

const noResponses = {
  undefined,
  null: null,
  "a number": 42,
  "a text": "201",
  "an object": {},
  "a list": [201],
};

for (const [what, value] of Object.entries(noResponses)) {
  test(`row 31: a fetch that resolves with ${what}: a network error, and no second request`, async (t) => {
    const fetch = scripted(async () => value);
    const client = connect(t, nowhere, { fetch });
    const expected = { code: "network", attempts: 1, outcome: "unknown" };
    const error = await failureOf(client.setStatus(SOURCE, "REBUILD"), expected);
    assertSays(error, /fetch/);
    assert.equal(fetch.calls.length, 1);
  });

  test(`row 31: a fetch that returns ${what}, without a promise: the same`, async (t) => {
    const fetch = scripted(() => value);
    const expected = { code: "network", attempts: 1, outcome: "unknown" };
    await failureOf(connect(t, nowhere, { fetch }).setStatus(SOURCE, "REBUILD"), expected);
    assert.equal(fetch.calls.length, 1);
  });
}

test("row 31: a foreign error is kept as name, message and code, and the token in it is masked", async (t) => {
  const foreign = Object.assign(new RangeError(`no luck with Bearer ${TOKEN}`), {
    code: `E_${TOKEN}`,
    request: { headers: { authorization: `Bearer ${TOKEN}` } },
  });
  const fetch = scripted(() => Promise.reject(foreign));
  const client = connect(t, nowhere, { fetch, retry: { attempts: 1 } });
  const { cause } = await failureOf(client.setStatus(SOURCE, "REBUILD"), { code: "network" });
  assert.equal(cause.name, "RangeError");
  assert.match(cause.message, /^no luck with Bearer /);
  assert.equal(cause.request, undefined);
});

/** An error like those of Node's fetch: a TypeError whose cause has the code. */
function failedWith(code) {
  const cause = Object.assign(new Error(`as of ${code}`), { code });
  return scripted(() => Promise.reject(new TypeError("fetch failed", { cause })));
}

for (const code of [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]) {
  test(`row 20: ${code} means that nothing was applied`, async (t) => {
    const fetch = failedWith(code);
    const client = connect(t, nowhere, {
      fetch,
      retry: { attempts: 2, baseDelayMs: 1, unknownOutcome: "stop" },
    });
    const expected = { code: "network", attempts: 2, outcome: "not_applied" };
    const { cause } = await failureOf(client.setStatus(SOURCE, "REBUILD"), expected);
    assert.equal(cause.code, code);
  });
}

for (const code of ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "UND_ERR_HEADERS_TIMEOUT", "E_NEVER_HEARD_OF"]) {
  test(`row 20: ${code} leaves it open whether the change was applied`, async (t) => {
    const client = connect(t, nowhere, { fetch: failedWith(code), retry: { attempts: 2, baseDelayMs: 1 } });
    const expected = { code: "network", attempts: 2, outcome: "unknown" };
    await failureOf(client.setStatus(SOURCE, "REBUILD"), expected);
  });
}

for (const code of [
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_HAS_EXPIRED",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]) {
  test(`row 40: ${code} is final: nothing was applied, and trying again cannot help`, async (t) => {
    const client = connect(t, nowhere, { fetch: failedWith(code) });
    const expected = { code: "network", attempts: 1, outcome: "not_applied" };
    await failureOf(client.setStatus(SOURCE, "REBUILD"), expected);
  });
}

/** A response whose body is these chunks. */
function responseOf(status, chunks, { onCancel } = {}) {
  const rest = [...chunks];
  const reader = {
    read: async () =>
      rest.length > 0 ? { done: false, value: rest.shift() } : { done: true, value: undefined },
    cancel: async () => onCancel?.(),
  };
  return { status, headers: new Map(), body: { getReader: () => reader } };
}

function transferred() {
  const bytes = new Uint8Array(8);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

const json = new TextEncoder().encode('{"errorCode":"ACCESS_DENIED","message":"no"}');

for (const [what, chunk, errorCode] of [
  ["a DataView", new DataView(json.buffer), "ACCESS_DENIED"],
  ["a view of a part", new Uint8Array(new Uint8Array([32, ...json]).buffer, 1), "ACCESS_DENIED"],
  ["bytes that were transferred away", transferred(), undefined],
]) {
  test(`a body that gives ${what}: the call settles, and so does the next`, async (t) => {
    const fetch = scripted(async () => responseOf(403, [chunk]));
    const client = connect(t, nowhere, { fetch });
    for (let n = 0; n < 2; n += 1) {
      await failureOf(client.setStatus(SOURCE, "REBUILD"), { code: "forbidden", httpStatus: 403, errorCode });
    }
  });
}

test("a fetch that changes the headers it was given changes no other request", async (t) => {
  const fetch = scripted(async (_, init) => {
    const { Authorization } = init.headers;
    delete init.headers.Authorization;
    return responseOf(Authorization === `Bearer ${TOKEN}` ? 201 : 401, []);
  });
  const client = connect(t, nowhere, { fetch });
  for (let n = 0; n < 3; n += 1) await client.setStatus(SOURCE, "REBUILD");
});

for (const [what, spoil] of [
  ["constructor", (promise) => Object.defineProperty(promise, "constructor", { get: broken })],
  // biome-ignore lint/suspicious/noThenProperty: the test is about promises that misbehave
  ["then", (promise) => Object.defineProperty(promise, "then", { get: broken })],
]) {
  test(`a fetch that gives a promise whose ${what} throws: a network error, and close() settles`, async (t) => {
    const fetch = scripted(() => spoil(Promise.resolve(responseOf(201, []))));
    const client = connect(t, nowhere, { fetch, retry: { attempts: 2, baseDelayMs: 1 } });
    await failureOf(client.setStatus(SOURCE, "REBUILD"), { code: "network", attempts: 2 });
    await client.close();
  });
}

function broken() {
  throw new Error("broken on purpose");
}

test("a body that stalls is given up, also where the fetch knows of no signal", async (t) => {
  let cancelled = 0;
  const reader = { read: () => new Promise(() => {}), cancel: async () => (cancelled += 1) };
  const fetch = scripted(async () => ({
    status: 201,
    headers: new Map(),
    body: { getReader: () => reader },
  }));
  const clock = new Clock(t);
  const client = connect(t, nowhere, { fetch });
  await client.setStatus(SOURCE, "REBUILD");
  clock.pass(RELEASE_MS);
  await client.close();
  assert.equal(cancelled, 1);
});
