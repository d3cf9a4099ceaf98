import assert from "node:assert/strict";
import { test } from "node:test";
import { unknownSource } from "../../www/state/source.js";
import { sourcesReplaced } from "../../www/state/source-list.js";

const source = (id, more) => ({ ...unknownSource({ id }), heardAt: more?.last?.at ?? 0, ...more });
const set = (statusType, at, isRestored) => ({ statusType, at, isRestored });
const stateOf = (...sources) => ({ sources, selected: new Set() });

const failure = { message: "no" };
const ours = stateOf(source("a", { last: set("REBUILD", 10, false) }), source("b", { failure }));

test("another tab's list takes nothing of what this tab knows", () => {
  const theirs = [source("a", { name: "A", last: set("REBUILD", 10, true) }), source("b"), source("c")];
  const { sources } = sourcesReplaced(theirs)(ours);
  assert.deepEqual(sources, [
    source("a", { name: "A", last: set("REBUILD", 10, false) }),
    source("b", { failure }),
    source("c"),
  ]);
});

test("what another tab did later counts, and what it removed is gone", () => {
  const theirs = [source("a", { last: set("IDLE", 11, true) })];
  assert.deepEqual(sourcesReplaced(theirs)(ours).sources, theirs);
});

test("what this tab has not written yet stays", () => {
  assert.deepEqual(sourcesReplaced([], { keepsOwn: true })(ours).sources, ours.sources);
});
