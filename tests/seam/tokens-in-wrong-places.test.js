import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "../node/connect.js";
import { checked, failureOf, reasonOf, thrownBy } from "../node/failure.js";
import { StatusClient } from "../node/package.js";
import { ORGANIZATION, SOURCE, TOKEN } from "../node/sample.js";
import { assertNoToken } from "../node/secrets.js";

/** Tokens that belong to nobody, of the kinds that users have at hand. */
const tokens = {
  "an API key": TOKEN,
  "an OAuth token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJub2JvZHkgYXQgYWxsIn0.c2lnbmF0dXJlIG9mIG5vYm9keQ",
};

const valid = { organizationId: ORGANIZATION, accessToken: "some-other-token" };

/** Ways to put a token in place of another argument of `new`, or of an option. */
const ofNew = {
  "in place of the options": (token) => token,
  "in a list in their place": (token) => [token],
  "as the name of an option": (token) => ({ ...valid, [token]: true }),
  "as the name of an option of retry": (token) => ({ ...valid, retry: { [token]: true } }),
  "with a line break, as the token": (token) => ({ ...valid, accessToken: `${token}\n` }),
  "with Bearer, as the token": (token) => ({ ...valid, accessToken: `Bearer ${token}` }),
  "in an object, as the token": (token) => ({ ...valid, accessToken: { token } }),
  "as a header, in place of the organization": (token) => ({ ...valid, organizationId: `Bearer ${token}` }),
  "as the user of the endpoint": (token) => ({ ...valid, endpoint: `https://${token}@push.example/push/v1` }),
  "in the query of the endpoint": (token) => ({
    ...valid,
    endpoint: `https://push.example/push/v1?token=${token}`,
  }),
  ...Object.fromEntries(
    [
      "region",
      "environment",
      "endpoint",
      "retry",
      "attemptTimeoutMs",
      "totalTimeoutMs",
      "closeTimeoutMs",
      "concurrency",
      "fetch",
      "onEvent",
      "journal",
      "insecureHttp",
    ].map((name) => [`as ${name}`, (token) => ({ ...valid, [name]: token })]),
  ),
  ...Object.fromEntries(
    ["attempts", "baseDelayMs", "maxDelayMs", "unknownOutcome"].map((name) => [
      `as retry.${name}`,
      (token) => ({ ...valid, retry: { [name]: token } }),
    ]),
  ),
};

/** Ways to put a token in place of an argument of a call. Each call is refused before anything is sent. */
const ofCalls = {
  "in place of a status": (client, token) => client.setStatus(SOURCE, token),
  "in place of the options of setStatus": (client, token) => client.setStatus(SOURCE, "IDLE", token),
  "as a signal": (client, token) => client.setStatus(SOURCE, "IDLE", { signal: token }),
  "as the name of an option of setStatus": (client, token) =>
    client.setStatus(SOURCE, "IDLE", { [token]: true }),
  "in an id": (client, token) => client.setStatus(`Bearer ${token}`, "IDLE"),
  "in place of the changes": (client, token) => client.setStatuses(token),
  "as onProgress": (client, token) => client.setStatuses([], { onProgress: token }),
  "in place of the status of an activity": (client, token) => client.runActivity(SOURCE, token, () => {}),
  "in place of the work": (client, token) => client.runActivity(SOURCE, "REBUILD", token),
  "as gracePeriodMs": (client, token) =>
    client.runActivity(SOURCE, "REBUILD", () => {}, { gracePeriodMs: token }),
  "as onActivationFailure": (client, token) =>
    client.runActivity(SOURCE, "REBUILD", () => {}, { onActivationFailure: token }),
  "in place of the status of an activity that is held": (client, token) =>
    client.startActivity(SOURCE, token),
};

const invalid = { code: "invalid_argument" };

for (const [kind, token] of Object.entries(tokens)) {
  for (const [where, optionsOf] of Object.entries(ofNew)) {
    test(`row 54: ${kind} ${where}: refused, and not quoted`, () => {
      thrownBy(() => new StatusClient(optionsOf(token)), invalid, token);
    });
  }

  for (const [where, call] of Object.entries(ofCalls)) {
    for (const [holder, accessToken] of Object.entries({
      "another client's": valid.accessToken,
      "its own": token,
    })) {
      test(`row 54: ${kind}, ${holder}, ${where}: refused, and not quoted`, async (t) => {
        const events = [];
        const server = await startFaultServer(t, []);
        const client = connect(t, server, { accessToken, onEvent: (event) => events.push(event) });
        await failureOf(call(client, token), invalid, token);
        assertNoToken(events, token);
      });
    }
  }

  test(`row 54: ${kind} in the rows of a bulk call: their errors do not quote it`, async (t) => {
    const client = connect(t, await startFaultServer(t, []));
    const rows = [
      token,
      { sourceId: SOURCE, statusType: token },
      { sourceId: `${token}/`, statusType: "IDLE" },
      { [token]: SOURCE, statusType: "IDLE" },
    ];
    for (const { ok, error } of await client.setStatuses(rows)) {
      assert.ok(!ok);
      checked(error, invalid, token);
    }
  });

  test(`row 54: ${kind} in place of the arguments of request: refused, and not quoted`, async (t) => {
    const client = connect(t, await startFaultServer(t, []));
    for (const args of [
      [SOURCE, token],
      [`Bearer ${token}`, "IDLE"],
    ]) {
      thrownBy(() => client.request(...args), invalid, token);
    }
  });
}

const rotated = ["first", "second", "third"].map((name) => `xx${name}-7e57-4c0d-9abe-0ddba11f00d5`);

/** Returns a client that has had three tokens, of which the service refused the first two. */
async function clientOfThree(t, last, options = {}) {
  const events = [];
  const script = [reply({ status: 401 }), reply(), reply({ status: 401 }), reply(), ...last];
  const server = await startFaultServer(t, script, { unusedSteps: "allow" });
  let given = 0;
  const client = connect(t, server, {
    accessToken: () => rotated[given++] ?? options.afterwards?.() ?? rotated[2],
    onEvent: (event) => events.push(event),
    ...options.client,
  });
  await client.setStatus(SOURCE, "REBUILD");
  await client.setStatus(SOURCE, "IDLE");
  return { client, events };
}

function assertNoneOf(value) {
  for (const token of rotated) assertNoToken(value, token);
}

for (const [field, body] of Object.entries({
  message: (text) => ({ errorCode: "A", message: `${text} was seen` }),
  errorCode: (text) => ({ errorCode: `A_${text}`, message: "no" }),
})) {
  test(`row 54: tokens that were rotated away, echoed in the service's ${field}, are masked`, async (t) => {
    const answers = rotated.map((token) => reply({ status: 400, body: JSON.stringify(body(token)) }));
    const { client, events } = await clientOfThree(t, answers);
    for (const _ of rotated) {
      const error = await reasonOf(client.setStatus(SOURCE, "IDLE"));
      assertNoneOf(error);
      assert.equal(error.httpStatus, 400);
    }
    assertNoneOf(events);
  });
}

/** Ways to throw an error that contains the token. */
const throwers = {
  "its message": (token) => new Error(`refused: Bearer ${token}`),
  "its name": (token) => Object.assign(new Error("refused"), { name: `E_${token}` }),
  "its code": (token) => Object.assign(new Error("refused"), { code: `E_${token}` }),
  "its cause": (token) => new Error("refused", { cause: new Error(`Bearer ${token}`) }),
  "the code of its cause": (token) =>
    new Error("refused", { cause: Object.assign(new Error("inner"), { code: `E_${token}` }) }),
  "the cause of its cause": (token) =>
    new Error("refused", { cause: new Error("inner", { cause: new Error(token) }) }),
  "a member of it": (token) => Object.assign(new Error("refused"), { config: { headers: { token } } }),
  "its errors": (token) => new AggregateError([new Error(token)], "refused"),
  "a text that is thrown": (token) => `refused: ${token}`,
  "a symbol that is thrown": (token) => Symbol(token),
};

for (const [where, thrown] of Object.entries(throwers)) {
  test(`row 54: a foreign fetch that throws each token of the client back in ${where}: masked`, async (t) => {
    let index = -1;
    const fetch = (...args) => {
      if (index >= 0) throw thrown(rotated[index]);
      return globalThis.fetch(...args);
    };
    const { client, events } = await clientOfThree(t, [], { client: { fetch, retry: { attempts: 2 } } });
    for (index of rotated.keys()) assertNoneOf(await reasonOf(client.setStatus(SOURCE, "IDLE")));
    assertNoneOf(events);
  });

  test(`row 54: a token function that throws each token of the client back in ${where}: masked`, async (t) => {
    const thrownBack = [...rotated];
    const afterwards = () => {
      throw thrown(thrownBack.shift());
    };
    const refusals = rotated.map(() => reply({ status: 401 }));
    const { client, events } = await clientOfThree(t, refusals, { afterwards });
    for (const _ of rotated) assertNoneOf(await reasonOf(client.setStatus(SOURCE, "IDLE")));
    assertNoneOf(events);
  });
}

test("row 54: a token that was refused for its form, thrown back or echoed later, is masked", async (t) => {
  const bad = `${rotated[0]}\u00e9`;
  const answers = [() => bad, () => rotated[1]];
  const body = JSON.stringify({ errorCode: "A", message: `${rotated[0]} was seen` });
  const server = await startFaultServer(t, [reply({ status: 400, body })]);
  const client = connect(t, server, { accessToken: () => answers.shift()() });
  assertNoneOf(await reasonOf(client.setStatus(SOURCE, "IDLE")));
  assertNoneOf(await reasonOf(client.setStatus(SOURCE, "IDLE")));
});
