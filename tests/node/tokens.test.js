import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { delayed, reply } from "../faults/steps.js";
import { Clock } from "./clock.js";
import { connect } from "./connect.js";
import { assertSays, failureOf, thrownBy } from "./failure.js";
import { StatusClient } from "./package.js";
import { ORGANIZATION, SOURCE, sources, TOKEN } from "./sample.js";
import { ATTEMPT_MS, NEVER_MS } from "./waits.js";
import { deferred } from "./work.js";

const FRESH = "xxf4e5417a-7e57-4c0d-9abe-0ddba11f00d5";

const badTokens = {
  "a line break at the end": [`${TOKEN}\n`, ".trim()"],
  "a CRLF at the end": [`${TOKEN}\r\n`, ".trim()"],
  "a space before it": [` ${TOKEN}`, ".trim()"],
  "a line break inside": [`${TOKEN}\nX-Evil: 1`],
  "a CRLF and a header inside": [`${TOKEN}\r\nX-Evil: 1`],
  "a character outside ASCII": [`${TOKEN}é`],
  "an emoji": [`${TOKEN}🦀`],
  "a NUL": [`${TOKEN}\0${TOKEN}`],
  "a tab": [`${TOKEN}\t${TOKEN}`],
  "a space inside": [`${TOKEN} ${TOKEN}`],
  "Bearer pasted in front": [`Bearer ${TOKEN}`, "Bearer"],
  "bearer pasted in front": [`bearer ${TOKEN}`, /bearer/i],
  "a whole header": [`Authorization: Bearer ${TOKEN}`],
  "more than 8 KiB": [TOKEN.repeat(300)],
  nothing: [""],
  'the text "undefined"': ["undefined"],
};

for (const [what, [accessToken, ...says]] of Object.entries(badTokens)) {
  test(`row 28: a token with ${what} is refused, and not repeated`, () => {
    const error = thrownBy(() => new StatusClient({ organizationId: ORGANIZATION, accessToken }), {
      code: "invalid_argument",
      argument: "accessToken",
    });
    assertSays(error, "accessToken", ...says);
  });

  test(`row 28: a function that gives a token with ${what}: nothing is sent, nothing is repeated`, async (t) => {
    const server = await startFaultServer(t, []);
    const client = connect(t, server, { accessToken: () => accessToken });
    const error = await failureOf(client.setStatus(SOURCE, "REBUILD"), {
      attempts: 0,
      outcome: "not_applied",
    });
    assert.ok(["token_unavailable", "invalid_argument"].includes(error.code), error.code);
    assert.equal(server.connections, 0);
  });
}

test("row 28: a token of 8 KiB is sent as it is", async (t) => {
  const accessToken = "t".repeat(8192);
  const server = await startFaultServer(t, [reply()]);
  await connect(t, server, { accessToken }).setStatus(SOURCE, "REBUILD");
  assert.equal(server.requests[0].header("authorization"), `Bearer ${accessToken}`);
});

const echoes = {
  "the message": JSON.stringify({ errorCode: "INVALID_TOKEN", message: `${TOKEN} is not known: ${TOKEN}` }),
  "the errorCode": JSON.stringify({ errorCode: `BAD_${TOKEN}`, message: "no" }),
  "the message, in JSON escapes": `{"errorCode":"A","message":"${escaped(TOKEN)}"}`,
  "a key": JSON.stringify({ [TOKEN]: 1, errorCode: "A", message: "no" }),
  HTML: `<html><pre>Authorization: Bearer ${TOKEN}</pre></html>`,
};

for (const status of [401, 400, 500]) {
  for (const [what, body] of Object.entries(echoes)) {
    test(`row 18: ${status} with the token in ${what}: it is in nothing that is printed`, async (t) => {
      const server = await startFaultServer(t, [reply({ status, body })]);
      const call = connect(t, server, { retry: { attempts: 1 } }).setStatus(SOURCE, "REBUILD");
      await failureOf(call, { httpStatus: status });
    });
  }
}

test("row 18: the token in the reason phrase and in a header is in nothing that is printed", async (t) => {
  const headers = { "x-request": TOKEN, "retry-after": TOKEN };
  const server = await startFaultServer(t, [reply({ status: 400, reason: TOKEN, headers })]);
  await failureOf(connect(t, server).setStatus(SOURCE, "REBUILD"), { httpStatus: 400 });
});

test("row 18: where a long message is cut, no half of a token is left", async (t) => {
  const padding = Array.from({ length: 150 }, (_, index) => "x".repeat(20 * index));
  const answers = padding.map((before) => ({ errorCode: "A", message: before + TOKEN + before }));
  const server = await startFaultServer(
    t,
    answers.map((answer) => reply({ status: 400, body: JSON.stringify(answer) })),
  );
  const client = connect(t, server);
  for (const _ of answers) {
    await failureOf(client.setStatus(SOURCE, "REBUILD"), { httpStatus: 400 }, TOKEN.slice(0, 20));
  }
});

/** Answers 201 to one token, and 401 to all others. */
const only = (token) => (entry) =>
  entry.header("authorization") === `Bearer ${token}` ? reply() : reply({ status: 401 });

test("row 41: 401, then the function gives a new token: one more request, without backoff", async (t) => {
  const tokens = [TOKEN, FRESH];
  const server = await startFaultServer(t, only(FRESH));
  const client = connect(t, server, {
    accessToken: async () => tokens.shift(),
    totalTimeoutMs: 3 * NEVER_MS,
    retry: { baseDelayMs: NEVER_MS, maxDelayMs: NEVER_MS },
  });
  const update = await client.setStatus(SOURCE, "REBUILD");
  assert.deepEqual([update.attempts, server.requests.length, tokens.length], [2, 2, 0]);
});

test("row 41: 401 to the new token as well: final", async (t) => {
  const tokens = [TOKEN, FRESH, "a-third-token"];
  const server = await startFaultServer(t, [reply({ status: 401 }), reply({ status: 401 })]);
  const client = connect(t, server, { accessToken: () => tokens.shift() });
  const expected = { code: "unauthenticated", httpStatus: 401, attempts: 2, outcome: "not_applied" };
  await failureOf(client.setStatus(SOURCE, "REBUILD"), expected, FRESH);
  assert.deepEqual(tokens, ["a-third-token"]);
});

test("row 41: 401, then the same token: final after one request", async (t) => {
  let asked = 0;
  const server = await startFaultServer(t, [reply({ status: 401 })]);
  const accessToken = () => {
    asked += 1;
    return TOKEN;
  };
  const expected = { code: "unauthenticated", httpStatus: 401, attempts: 1, outcome: "not_applied" };
  await failureOf(connect(t, server, { accessToken }).setStatus(SOURCE, "REBUILD"), expected);
  assert.equal(asked, 2);
});

test("row 41: the retry for a token counts as one of the attempts", async (t) => {
  const tokens = [TOKEN, FRESH];
  const server = await startFaultServer(t, [
    reply({ status: 401 }),
    reply({ status: 500 }),
    reply({ status: 500 }),
  ]);
  const client = connect(t, server, { accessToken: () => tokens.shift(), retry: { attempts: 3 } });
  const expected = { code: "unavailable", attempts: 3, outcome: "unknown" };
  await failureOf(client.setStatus(SOURCE, "REBUILD"), expected, FRESH);
});

const withoutToken = {
  nothing: () => undefined,
  "nothing, later": async () => undefined,
  null: () => null,
  "a number": () => 42,
  "a throw": () => {
    throw Object.assign(new RangeError("the vault is sealed"), { code: "E_SEALED" });
  },
  "a rejection": async () => {
    throw Object.assign(new RangeError("the vault is sealed"), { code: "E_SEALED" });
  },
  "a rejection with no Error": () => Promise.reject("sealed"),
};

for (const [what, then] of Object.entries(withoutToken)) {
  test(`row 41: 401, then the function gives ${what}: token_unavailable after one request`, async (t) => {
    let asked = 0;
    const accessToken = () => (asked++ === 0 ? TOKEN : then());
    const server = await startFaultServer(t, [reply({ status: 401 })]);
    const client = connect(t, server, { accessToken });
    const error = await failureOf(client.setStatus(SOURCE, "REBUILD"), {
      code: "token_unavailable",
      attempts: 1,
      outcome: "not_applied",
      sourceId: SOURCE,
    });
    if (what === "a throw" || what === "a rejection") {
      assert.deepEqual([error.cause.name, error.cause.code], ["RangeError", "E_SEALED"]);
      assert.match(error.cause.message, /the vault is sealed/);
    }
  });
}

test("row 41: a function that fails with the old token in its error: it is masked there", async (t) => {
  const tokens = [TOKEN];
  const accessToken = () => {
    if (tokens.length > 0) return tokens.shift();
    throw Object.assign(new RangeError(`${TOKEN} has expired`), { code: `E_${TOKEN}`, token: TOKEN });
  };
  const server = await startFaultServer(t, [reply({ status: 401 })]);
  const call = connect(t, server, { accessToken }).setStatus(SOURCE, "REBUILD");
  const { cause } = await failureOf(call, { code: "token_unavailable", attempts: 1 });
  assert.match(cause.message, /has expired$/);
});

for (const [what, accessToken] of Object.entries(withoutToken)) {
  test(`row 41: at the first asking, the function gives ${what}: token_unavailable, nothing is sent`, async (t) => {
    const server = await startFaultServer(t, []);
    const expected = { code: "token_unavailable", attempts: 0, outcome: "not_applied" };
    await failureOf(connect(t, server, { accessToken }).setStatus(SOURCE, "REBUILD"), expected);
    assert.equal(server.connections, 0);
  });
}

test("row 41: after a failed asking, the next call asks again", async (t) => {
  const answers = [() => Promise.reject(new Error("sealed")), async () => TOKEN];
  const server = await startFaultServer(t, [reply()]);
  const client = connect(t, server, { accessToken: () => answers.shift()() });
  await failureOf(client.setStatus(SOURCE, "REBUILD"), { code: "token_unavailable" });
  assert.equal((await client.setStatus(SOURCE, "REBUILD")).httpStatus, 201);
});

for (const [when, requests] of [
  ["at the first asking", 0],
  ["after a 401", 1],
]) {
  test(`row 41: a promise that never settles, ${when}: bounded by the attempt timeout`, async (t) => {
    const [tokens, isAsked] = [Array(requests).fill(TOKEN), deferred()];
    const accessToken = () => {
      if (tokens.length > 0) return tokens.pop();
      isAsked.resolve();
      return new Promise(() => {});
    };
    const server = await startFaultServer(t, Array(requests).fill(reply({ status: 401 })));
    const clock = new Clock(t);
    const client = connect(t, server, { accessToken, totalTimeoutMs: NEVER_MS, retry: { attempts: 2 } });
    const call = client.setStatus(SOURCE, "REBUILD");
    await isAsked.promise;
    clock.pass(ATTEMPT_MS);
    const error = await failureOf(call, { attempts: requests, outcome: "not_applied" });
    assert.ok(["token_unavailable", "timeout"].includes(error.code), error.code);
  });
}

test("row 41: concurrent calls ask once, before the first request and after the 401s", async (t) => {
  let asked = 0;
  const accessToken = async () => {
    asked += 1;
    const token = asked === 1 ? TOKEN : FRESH;
    await new Promise((resolve) => setTimeout(resolve, 20));
    return token;
  };
  const answer = only(FRESH);
  const server = await startFaultServer(t, (entry) => delayed(20, answer(entry)));
  const client = connect(t, server, { accessToken });
  const updates = await Promise.all(sources(8).map((source) => client.setStatus(source, "REBUILD")));
  assert.ok(updates.every(({ attempts }) => attempts === 2));
  assert.deepEqual([asked, server.requests.length], [2, 16]);
});

function escaped(text) {
  return [...text].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
}
