import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "./connect.js";
import { failureOf, reasonOf } from "./failure.js";
import { sources } from "./sample.js";

const SEVERAL = sources(3);
const [FIRST, SECOND, THIRD] = SEVERAL;

/** The statuses of each source, in order. */
function ledger(server) {
  const set = Object.fromEntries(SEVERAL.map((id) => [id, []]));
  for (const { sourceId, statusType } of server.requests) set[sourceId].push(statusType);
  return SEVERAL.map((id) => set[id].join());
}

/** A service that answers some sources with their own steps, and the others with 201. */
const answering = (t, steps) =>
  startFaultServer(t, {
    ...Object.fromEntries(SEVERAL.map((id) => [id, [reply(), reply()]])),
    ...steps,
  });

test("several sources: all are active when the work starts, and idle at its end", async (t) => {
  const server = await answering(t, {});
  const given = [...SEVERAL];
  const call = connect(t, server).runActivity(given, "REBUILD", ({ sourceId, sourceIds, inactive }) => {
    assert.deepEqual(ledger(server), ["REBUILD", "REBUILD", "REBUILD"]);
    assert.deepEqual([sourceId, sourceIds, inactive], [FIRST, SEVERAL, []]);
    return "worked";
  });
  given.pop();
  assert.equal(await call, "worked");
  assert.deepEqual(ledger(server), ["REBUILD,IDLE", "REBUILD,IDLE", "REBUILD,IDLE"]);
});

test("several sources: one that is refused keeps the work from starting, and leaves none active", async (t) => {
  const server = await answering(t, { [SECOND]: [reply({ status: 404 })] });
  const work = () => assert.fail("the work has started");
  const call = connect(t, server).runActivity(SEVERAL, "REBUILD", work);
  await failureOf(call, { code: "not_found", sourceId: SECOND, sourceIds: undefined });
  assert.deepEqual(ledger(server), ["REBUILD,IDLE", "REBUILD", "REBUILD,IDLE"]);
});

test("several sources: with continue, the work learns which are not active", async (t) => {
  const server = await answering(t, { [THIRD]: [reply({ status: 503 })] });
  const client = connect(t, server, { retry: { attempts: 1 } });
  const inactive = await client.runActivity(SEVERAL, "REBUILD", (context) => context.inactive, {
    onActivationFailure: "continue",
  });
  assert.deepEqual(inactive, [THIRD]);
  assert.deepEqual(ledger(server), ["REBUILD,IDLE", "REBUILD,IDLE", "REBUILD"]);
});

test("several sources: left_active names all that are left, with a command for each, and an event too", async (t) => {
  const refused = [reply(), reply({ status: 403 })];
  const server = await answering(t, { [FIRST]: refused, [THIRD]: refused });
  const hints = [];
  const onEvent = ({ type, sourceId, hint }) => type === "left_active" && hints.push([sourceId, hint]);
  const call = connect(t, server, { onEvent }).runActivity(SEVERAL, "REBUILD", () => "worked");
  const { hint, value } = await failureOf(call, { code: "left_active", sourceIds: [FIRST, THIRD] });
  assert.equal(value, "worked");
  assert.deepEqual(
    hint.split("\n").map((line) => line.split(" ")[4]),
    [FIRST, THIRD],
  );
  assert.deepEqual(hints.sort(), [FIRST, THIRD].map((id, index) => [id, hint.split("\n")[index]]).sort());
});

test("several sources: the object of an activity names them, and its end ends it for all", async (t) => {
  const server = await answering(t, {});
  const activity = await connect(t, server).startActivity(SEVERAL, "REFRESH");
  assert.deepEqual(activity.sourceIds, SEVERAL);
  await activity.end();
  assert.deepEqual(ledger(server), ["REFRESH,IDLE", "REFRESH,IDLE", "REFRESH,IDLE"]);
});

test("several sources: one error, which becomes JSON, holds both failures", async (t) => {
  const refused = [reply(), reply({ status: 403 })];
  const server = await answering(t, { [FIRST]: refused, [SECOND]: refused, [THIRD]: refused });
  const call = connect(t, server).runActivity(SEVERAL, "REBUILD", () => {
    throw new TypeError("no disk left");
  });
  const error = await reasonOf(call);
  assert.ok(error instanceof AggregateError);
  assert.equal(error.code, "left_active");
  const { name, code, errors } = JSON.parse(JSON.stringify(error));
  assert.deepEqual([name, code], ["AggregateError", "left_active"]);
  assert.deepEqual(errors[0], { name: "TypeError", message: "no disk left" });
  assert.deepEqual(errors[1].sourceIds, SEVERAL);
});

for (const [what, given] of [
  ["an empty list", []],
  ["an id twice", [FIRST, SECOND, FIRST]],
  ["a bad id", [FIRST, "a/b"]],
  ["a list of lists", [[FIRST]]],
]) {
  test(`several sources: ${what} is refused, and nothing is sent`, async (t) => {
    const client = connect(t, await startFaultServer(t, []));
    const expected = { code: "invalid_argument", argument: "sourceId" };
    await failureOf(
      client.runActivity(given, "REBUILD", () => {}),
      expected,
    );
    await failureOf(client.startActivity(given, "REBUILD"), expected);
  });
}
