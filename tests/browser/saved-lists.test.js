import assert from "node:assert/strict";
import { test } from "node:test";
import { nothingSaved, parseSaved, savedSources, withSaved } from "../../www/state/saved-lists.js";
import { changeApplied, unknownSource } from "../../www/state/source.js";

const subject = { organizationId: "an-organization", endpoint: "https://api.example/push/v1" };
const isStatusType = (value) => ["REBUILD", "IDLE"].includes(value);
const parsed = (value) => parseSaved(JSON.stringify(value), isStatusType);

const wiki = unknownSource({ id: "wiki", name: "Wiki" });
const active = changeApplied(wiki, { statusType: "REBUILD", attempts: 1, elapsedMs: 5 }, 1000);

test("what was kept comes back, as known from before", () => {
  const { saved, isNewer } = parsed(withSaved(nothingSaved, subject, [active]));
  assert.equal(isNewer, false);
  const [source] = savedSources(saved, subject);
  assert.deepEqual(source, {
    ...wiki,
    last: { statusType: "REBUILD", at: 1000, isRestored: true },
    history: [{ statusType: "REBUILD", at: 1000 }],
    heardAt: 1000,
  });
});

test("at another endpoint the list is the same, and nothing is known; at the first it still is", () => {
  const elsewhere = { ...subject, endpoint: "https://api-eu.example/push/v1" };
  const saved = withSaved(nothingSaved, subject, [active]);
  assert.deepEqual(savedSources(saved, elsewhere), [wiki]);
  const both = withSaved(saved, elsewhere, [wiki]);
  assert.equal(savedSources(both, subject)[0].last.statusType, "REBUILD");
  assert.deepEqual(savedSources(both, { ...subject, organizationId: "constructor" }), []);
});

test("what is no list of this version is nothing, and of a later one it is said so", () => {
  for (const text of [null, "", "{", "null", "[]", '"x"', "{}", '{"version":0,"organizations":[{}]}']) {
    assert.deepEqual(parseSaved(text, isStatusType), { saved: nothingSaved, isNewer: false }, text);
  }
  assert.equal(parsed({ version: 2 }).isNewer, true);
});

test("whatever is wrong inside is left out, and the rest is kept", () => {
  const good = { id: "a", last: { statusType: "IDLE", at: 5 }, doubt: null, history: [] };
  const records = [
    null,
    4,
    {},
    { id: "" },
    { id: "x".repeat(501) },
    good,
    { id: "b", last: 3, doubt: {}, history: 7 },
  ];
  records.push({
    id: "c",
    last: { statusType: "FOO", at: 1 },
    doubt: { statusType: "IDLE", at: "1" },
    history: [{}],
  });
  const sources = [
    null,
    "a",
    { id: 5 },
    { id: "a", name: 5 },
    { id: "b", name: "B" },
    { id: "a" },
    { id: "c" },
  ];
  const organizations = [
    null,
    { organizationId: 3 },
    {
      organizationId: "an-organization",
      sources,
      endpoints: [null, { endpoint: subject.endpoint, records }],
    },
    { organizationId: "another" },
  ];
  const found = savedSources(parsed({ version: 1, organizations }).saved, subject);
  assert.deepEqual(
    found.map(({ id, name, last, doubt }) => [id, name, last?.statusType, doubt]),
    [
      ["a", "", "IDLE", null],
      ["b", "B", undefined, null],
      ["c", "", undefined, null],
    ],
  );
});

test("it is bounded: organizations and endpoints used long ago are forgotten", () => {
  let saved = nothingSaved;
  for (let index = 0; index < 30; index += 1) {
    saved = withSaved(saved, { ...subject, organizationId: `organization-${index}` }, [wiki]);
    saved = withSaved(saved, { ...subject, endpoint: `https://host-${index}` }, [wiki]);
  }
  assert.equal(saved.organizations.length, 20);
  const { endpoints } = saved.organizations.find(
    ({ organizationId }) => organizationId === "an-organization",
  );
  assert.equal(endpoints.length, 5);
  assert.equal(endpoints[0].endpoint, "https://host-29");
});
