import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "./connect.js";
import { assertSays, failureOf, thrownBy } from "./failure.js";
import { StatusClient } from "./package.js";
import { ORGANIZATION, SOURCE, TOKEN } from "./sample.js";

const valid = { organizationId: ORGANIZATION, accessToken: TOKEN };
const LONGEST_MS = 2 ** 31 - 1;

const show = (value) => (typeof value === "function" ? "a function" : JSON.stringify(value)) ?? String(value);

/** Makes `{ retry: { attempts: 3 } }` of `retry.attempts` and 3. */
function optionsWith(path, value) {
  const [outer, inner] = path.split(".");
  return { ...valid, [outer]: inner === undefined ? value : { [inner]: value } };
}

const notWhole = [
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  "3",
  null,
  true,
  {},
  [],
  10n,
];

const refused = {
  attemptTimeoutMs: [0, -1, 2 ** 31, ...notWhole],
  totalTimeoutMs: [0, -1, 2 ** 31, ...notWhole],
  "retry.attempts": [0, -1, 101, ...notWhole],
  "retry.baseDelayMs": [-1, 2 ** 31, ...notWhole],
  "retry.maxDelayMs": [-1, 2 ** 31, ...notWhole],
  "retry.unknownOutcome": ["", "Retry", "never", true, null, 0],
  concurrency: [0, -1, 1001, ...notWhole],
  retry: [null, 5, "5", true],
  fetch: [null, 42, "fetch", {}],
  onEvent: [null, 42, "log", {}],
  region: ["eu.evil.com/", "eu/", "EU", "us-east-1", "", " eu", null, 42, {}],
  environment: ["", "prod", "qa", "PRODUCTION", "hipaa.evil.com/", null, 42],
};

for (const argument of ["region", "retry.attempts", "retrry"]) {
  test(`row 48: a getter of ${argument} that throws is refused, and what it throws is not repeated`, () => {
    const getter = {
      enumerable: true,
      get() {
        throw new Error(`the vault said ${TOKEN}`);
      },
    };
    const [outer, inner] = argument.split(".");
    const options = inner
      ? { ...valid, [outer]: Object.defineProperty({}, inner, getter) }
      : Object.defineProperty({ ...valid }, outer, getter);
    const error = thrownBy(() => new StatusClient(options), { code: "invalid_argument", argument });
    assert.equal(error.message, `"${argument}" cannot be read: its getter throws`);
  });
}

for (const [argument, values] of Object.entries(refused)) {
  for (const value of values) {
    const shown = typeof value === "bigint" ? `${value}n` : show(value);
    const number = typeof value === "number" ? String(value) : shown;
    test(`row 27: ${argument} of ${number} is refused, and named`, () => {
      const error = thrownBy(() => new StatusClient(optionsWith(argument, value)), {
        code: "invalid_argument",
        argument,
      });
      assertSays(error, argument);
    });
  }
}

const unknown = ["timeout", "Region", "organizationID", "token", "retry.tries", "retry.attemptTimeoutMs"];

for (const argument of unknown) {
  test(`row 27: ${argument}, an option that does not exist, is refused, and named`, () => {
    const error = thrownBy(() => new StatusClient(optionsWith(argument, 1)), {
      code: "invalid_argument",
      argument,
    });
    assertSays(error, argument);
  });
}

const meant = {
  apiKey: "accessToken",
  apikey: "accessToken",
  token: "accessToken",
  organization: "organizationId",
  organizationid: "organizationId",
  organizationID: "organizationId",
  maxRetries: "retry.attempts",
  retryAfter: "retry.baseDelayMs",
  timeMultiple: "retry.maxDelayMs",
};

for (const [argument, name] of Object.entries(meant)) {
  test(`row 27: ${argument}, an option of another client, is refused, and the hint is ${name}`, () => {
    const options = optionsWith(argument, "xx-secret");
    const error = thrownBy(() => new StatusClient(options), { code: "invalid_argument", argument });
    assert.equal(error.message, `"${argument}" is not an option; use ${name}`);
    assert.equal(error.hint, `use ${name}`);
  });
}

const accepted = {
  attemptTimeoutMs: [1, LONGEST_MS],
  totalTimeoutMs: [1, LONGEST_MS],
  "retry.attempts": [1, 100],
  "retry.baseDelayMs": [0, LONGEST_MS],
  "retry.maxDelayMs": [0, LONGEST_MS],
  "retry.unknownOutcome": ["retry", "stop"],
  concurrency: [1, 1000],
  retry: [{}],
  fetch: [() => {}],
  onEvent: [() => {}],
  region: ["us", "ca", "eu", "au"],
  environment: ["production", "hipaa", "staging", "development"],
};

for (const [argument, values] of Object.entries(accepted)) {
  test(`row 27: ${argument} of ${values.map(show).join(" or ")} is accepted, and undefined is as if not given`, () => {
    for (const value of [...values, undefined]) {
      const client = new StatusClient(optionsWith(argument, value));
      assert.equal(client.request(SOURCE, "IDLE").method, "POST");
      client.free();
    }
  });
}

test("row 27: undefined leaves each default in force", async (t) => {
  const nothing = Object.fromEntries(
    ["region", "environment", "fetch", "onEvent"].map((name) => [name, undefined]),
  );
  const times = { attemptTimeoutMs: undefined, totalTimeoutMs: undefined, concurrency: undefined };
  const retry = { attempts: undefined, maxDelayMs: undefined, unknownOutcome: undefined };
  const server = await startFaultServer(t, Array(5).fill(reply({ status: 500 })));
  const client = connect(t, server, { ...nothing, ...times, retry });
  const call = client.setStatus(SOURCE, "REBUILD", { signal: undefined });
  await failureOf(call, { code: "unavailable", attempts: 5 });
});

test("row 27: options that are missing, or are no object, are refused", () => {
  for (const options of [undefined, null, 42, "options", true, Symbol("options"), () => {}]) {
    thrownBy(() => new StatusClient(options), { code: "invalid_argument" });
  }
  thrownBy(() => new StatusClient(), { code: "invalid_argument" });
});

test("row 27: all options that are missing are named at once", () => {
  const missing = (options, argument, message) => {
    const error = thrownBy(() => new StatusClient(options), { code: "invalid_argument", argument });
    assert.equal(error.message, message);
  };
  missing({}, "organizationId", "organizationId and accessToken are missing");
  missing({ accessToken: TOKEN }, "organizationId", "organizationId is missing");
  missing({ organizationId: ORGANIZATION }, "accessToken", "accessToken is missing");
});

for (const name of ["organizationId", "accessToken"]) {
  for (const value of [undefined, null, 42, {}, [], true]) {
    test(`row 27: ${name} of ${show(value)} is refused, and named`, () => {
      const options = { ...valid, [name]: value };
      thrownBy(() => new StatusClient(options), { code: "invalid_argument", argument: name });
    });
  }
}

const endpoints = {
  "no URL": "push.cloud.coveo.com",
  "the empty text": "",
  "a relative URL": "/push/v1",
  "http on a public host": "http://push.cloud.coveo.com/v1",
  "http on a host that only begins like a loopback": "http://127.0.0.1.evil.com/push/v1",
  "http on localhost as a part": "http://localhost.evil.com/push/v1",
  "another scheme": "ftp://127.0.0.1/push/v1",
  "a script": "javascript:alert(1)",
  "a user": "https://user@push.cloud.coveo.com/v1",
  "a user and a password": "https://user:secret-word@push.cloud.coveo.com/v1",
  "a query": "https://push.cloud.coveo.com/v1?a=b",
  "a fragment": "https://push.cloud.coveo.com/v1#a",
  "a step up": "https://push.cloud.coveo.com/v1/../v2",
  "white space": " https://push.cloud.coveo.com/v1",
  "a line break": "https://push.cloud.coveo.com/v1\n",
  "a backslash": "https://push.cloud.coveo.com\\v1",
  "a port out of range": "https://push.cloud.coveo.com:99999/v1",
  "the organization's own host": `https://${ORGANIZATION}.org.coveo.com/push/v1`,
  "the platform's host": "https://platform.cloud.coveo.com/push/v1",
  "the platform's regional host": "https://platform-eu.cloud.coveo.com/push/v1",
};

for (const [what, endpoint] of Object.entries(endpoints)) {
  test(`row 27: an endpoint that is ${what} is refused`, () => {
    const error = thrownBy(() => new StatusClient({ ...valid, endpoint }), {
      code: "invalid_argument",
      argument: "endpoint",
    });
    assert.ok(!`${error.message}${error.hint}`.includes("secret-word"));
  });
}

for (const endpoint of [null, 42, {}, new URL("https://push.cloud.coveo.com/v1")]) {
  test(`row 27: an endpoint that is no text (${show(endpoint)}) is refused`, () => {
    thrownBy(() => new StatusClient({ ...valid, endpoint }), {
      code: "invalid_argument",
      argument: "endpoint",
    });
  });
}

for (const other of [{ region: "eu" }, { environment: "hipaa" }, { environment: "production" }]) {
  test(`row 27: an endpoint together with ${show(other)} is refused`, () => {
    const endpoint = "https://api.cloud.coveo.com/push/v1";
    const error = thrownBy(() => new StatusClient({ ...valid, endpoint, ...other }), {
      code: "invalid_argument",
    });
    assert.ok(["endpoint", ...Object.keys(other)].includes(error.argument), error.argument);
  });
}

test("row 27: HIPAA has no regions", () => {
  const options = { ...valid, environment: "hipaa", region: "eu" };
  const error = thrownBy(() => new StatusClient(options), { code: "invalid_argument" });
  assert.ok(["region", "environment"].includes(error.argument), error.argument);
  assertSays(error, /hipaa/i);
});

test("row 27: a near miss gets what was meant", () => {
  const errorOf = (options) =>
    thrownBy(() => new StatusClient({ ...valid, ...options }), { code: "invalid_argument" });
  assertSays(errorOf({ environment: "qa" }), "staging");
  assertSays(errorOf({ region: "EU" }), '"eu"');
  assertSays(errorOf({ region: "us-east-1" }), "us", "ca", "eu", "au");
  assertSays(errorOf({ endpoint: `https://${ORGANIZATION}.org.coveo.com/push/v1` }), "cloud.coveo.com");
  assertSays(errorOf({ endpoint: "http://push.cloud.coveo.com/v1" }), "https");
});

const callOptions = [
  [{ signal: 42 }, "signal"],
  [{ signal: null }, "signal"],
  [{ signal: {} }, "signal"],
  [{ signal: new AbortController() }, "signal"],
  [{ timeout: 5 }, "timeout"],
];

for (const [options, argument] of callOptions) {
  test(`row 27: setStatus with ${Object.keys(options)[0]}: ${show(Object.values(options)[0])} is refused`, async (t) => {
    const client = connect(t, await startFaultServer(t, []));
    const expected = { code: "invalid_argument", argument };
    await failureOf(client.setStatus(SOURCE, "IDLE", options), expected);
    await failureOf(client.setStatuses([{ sourceId: SOURCE, statusType: "IDLE" }], options), expected);
  });
}

test("row 27: an onProgress that is no function is refused", async (t) => {
  const client = connect(t, await startFaultServer(t, []));
  const expected = { code: "invalid_argument", argument: "onProgress" };
  await failureOf(
    client.setStatuses([{ sourceId: SOURCE, statusType: "IDLE" }], { onProgress: 42 }),
    expected,
  );
});
