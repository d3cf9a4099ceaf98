import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { connect } from "./connect.js";
import { assertSays, checked, failureOf, thrownBy } from "./failure.js";
import { isRegion, isStatusType, StatusClient } from "./package.js";
import { ORGANIZATION, SOURCE, TOKEN } from "./sample.js";

const unprintable = {
  toString() {
    throw new Error("not for printing");
  },
};

/** Values that are neither an id nor a status, by their name in the test's name. */
const noTexts = {
  undefined,
  null: null,
  42: 42,
  true: true,
  "{}": {},
  "a list": [SOURCE],
  "a String object": new String(SOURCE),
  "a symbol": Symbol("symbol"),
  "a bigint": 10n,
  "a function": () => SOURCE,
  "what cannot be printed": unprintable,
};

const badIds = {
  "the empty text": "",
  "a slash": "a/b",
  "a slash at the end": "source/",
  "two dots": "..",
  "two dots inside": "a..b",
  "one dot": ".",
  "steps up": "x/../../sources/other",
  "an encoded slash": "a%2fb",
  "%2e%2e": "%2e%2e",
  "a question mark": "a?statusType=REBUILD",
  "a hash": "a#b",
  "a space": "a b",
  "a space around it": " source ",
  "a line break": "source\n",
  "a line break and a header": "source HTTP/1.1\r\nX-Evil: 1",
  "a NUL": "a\0b",
  "a backslash": "a\\b",
  "a colon": "a:b",
  "an at": "user@host",
  'the text "undefined"': "undefined",
  "10 kB": "a".repeat(10_240),
  "256 characters": "a".repeat(256),
  "an emoji": "🦀",
  "a letter with an accent": "sourcé",
  "a lone surrogate": "a\ud800",
  "a hyphen first": "-source",
  "an underscore first": "_source",
};

/** Each way to give the client a source and a status. None of them may send anything here. */
async function assertRefused(t, sourceId, statusType, argument) {
  const server = await startFaultServer(t, []);
  const client = connect(t, server);
  const expected = { code: "invalid_argument", argument };
  const error = await failureOf(client.setStatus(sourceId, statusType), expected);
  assertSays(error, argument);
  assert.ok(error.message.length < 1000, "a long input is cut");
  thrownBy(() => client.request(sourceId, statusType), expected);
  const [row] = await client.setStatuses([{ sourceId, statusType }]);
  assert.equal(row.ok, false);
  checked(row.error, expected);
  assert.equal(server.connections, 0);
  return error;
}

for (const [what, value] of Object.entries({ ...badIds, ...noTexts })) {
  test(`row 29: a source id that is, or has, ${what}: refused before anything is sent`, async (t) => {
    await assertRefused(t, value, "REBUILD", "sourceId");
  });

  test(`row 29: an organization id that is, or has, ${what}: refused`, () => {
    const error = thrownBy(() => new StatusClient({ organizationId: value, accessToken: TOKEN }), {
      code: "invalid_argument",
      argument: "organizationId",
    });
    assertSays(error, "organizationId");
    assert.ok(error.message.length < 1000, "a long input is cut");
  });
}

test("row 29: ids at the edge of what is allowed are accepted", async (t) => {
  const client = connect(t, await startFaultServer(t, []));
  for (const id of ["a", "0", "A.b_c-d", "a.", `${ORGANIZATION}-rp5`, "rp5-x", "z".repeat(255)]) {
    assert.ok(client.request(id, "IDLE").url.includes(`/sources/${id}/status`));
  }
});

test("row 29: ids that only need trimming say so", async (t) => {
  const client = connect(t, await startFaultServer(t, []));
  assertSays(await failureOf(client.setStatus(`${SOURCE}\n`, "IDLE"), { argument: "sourceId" }), ".trim()");
});

const badStatuses = {
  "lower case": ["rebuild", "REBUILD"],
  "capitalised REBUILD": ["Rebuild", "REBUILD"],
  "capitalised IDLE": ["Idle", "IDLE"],
  "no word of any vocabulary": ["FOO", "REBUILD", "REFRESH", "INCREMENTAL", "IDLE"],
  "the empty text": [""],
  "a space at the end": ["IDLE ", "IDLE"],
  "a line break at the end": ["IDLE\n", "IDLE"],
  "another parameter": ["IDLE&statusType=REBUILD"],
  "the console's RESCAN": ["RESCAN", "Rescan is REFRESH"],
  "the console's Rescan": ["Rescan", "Rescan is REFRESH"],
  "the console's Refresh": ["Refresh", "Refresh is INCREMENTAL"],
  refresh: ["refresh", "INCREMENTAL", "REFRESH"],
  "the platform's FULL_REFRESH": ["FULL_REFRESH", "REFRESH"],
  "the platform's INCREMENTAL_REFRESH": ["INCREMENTAL_REFRESH", "INCREMENTAL"],
  "the platform's PUSH_READY": ["PUSH_READY", "IDLE"],
};

for (const [what, [value, ...meant]] of Object.entries(badStatuses)) {
  test(`row 30: a status that is, or has, ${what}: refused, with what was meant`, async (t) => {
    const error = await assertRefused(t, SOURCE, value, "statusType");
    assertSays(error, ...meant);
  });
}

for (const [what, value] of Object.entries(noTexts)) {
  test(`row 30: a status that is ${what}: refused before anything is sent`, async (t) => {
    await assertRefused(t, SOURCE, value, "statusType");
  });
}

test("row 30: isStatusType holds for the four, as the API spells them, and for nothing else", () => {
  for (const value of ["IDLE", "INCREMENTAL", "REBUILD", "REFRESH"]) assert.equal(isStatusType(value), true);
  const others = [...Object.values(badStatuses).map(([value]) => value), ...Object.values(noTexts)];
  for (const value of others) assert.equal(isStatusType(value), false);
  assert.equal(isStatusType(), false);
});

test("row 29: isRegion holds for the four regions, and for nothing else", () => {
  for (const value of ["us", "ca", "eu", "au"]) assert.equal(isRegion(value), true);
  for (const value of ["", "EU", "eu ", "eu.evil.com/", "us-east-1", ...Object.values(noTexts)]) {
    assert.equal(isRegion(value), false);
  }
  assert.equal(isRegion(), false);
});

test("row 34: too few arguments are refused as what they are", async (t) => {
  const client = connect(t, await startFaultServer(t, []));
  await failureOf(client.setStatus(), { code: "invalid_argument", argument: "sourceId" });
  await failureOf(client.setStatus(SOURCE), { code: "invalid_argument", argument: "statusType" });
  thrownBy(() => client.request(), { code: "invalid_argument", argument: "sourceId" });
  thrownBy(() => client.request(SOURCE), { code: "invalid_argument", argument: "statusType" });
  await failureOf(client.setStatuses(), { code: "invalid_argument", argument: "changes" });
});

for (const [what, value] of Object.entries({ 42: 42, null: null, "a text": "a text", true: true })) {
  test(`row 34: ${what} in the place of options, or of the changes, is refused`, async (t) => {
    const client = connect(t, await startFaultServer(t, []));
    await failureOf(client.setStatus(SOURCE, "IDLE", value), { code: "invalid_argument" });
    await failureOf(client.setStatuses([], value), { code: "invalid_argument" });
    await failureOf(client.setStatuses(value), { code: "invalid_argument", argument: "changes" });
  });
}

test("row 34: a change that is no object fails its own row", async (t) => {
  const client = connect(t, await startFaultServer(t, []));
  const results = await client.setStatuses([42, null, undefined, "a text", {}]);
  assert.equal(results.length, 5);
  for (const { ok, error } of results) {
    assert.equal(ok, false);
    checked(error, { code: "invalid_argument" });
  }
});
