import assert from "node:assert/strict";
import { test } from "node:test";

import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { reply, stall } from "../faults/steps.js";
import { heldUntil } from "../node/waits.js";
import { deferred } from "../node/work.js";
import { around, run, statusesOf } from "./command-line.js";

const refused = reply({ status: 403, body: '{"errorCode":"ACCESS_DENIED","message":"no"}' });

test("several sources: all are active, the program runs once, all are idle", async (t) => {
  const server = await startFaultServer(t, { a: [reply(), reply()], b: [reply(), reply()] });
  const script = 'echo "$PUSH_SOURCE_ID"';
  const end = await run(t, ["run", "REBUILD", "--source", "a", "--source", "b", "--", "sh", "-c", script], {
    server,
  });
  assert.deepEqual(end, { code: 0, signal: null, stdout: "a b\n", stderr: "" });
  assert.deepEqual(statusesOf(server).toSorted(), ["IDLE", "IDLE", "REBUILD", "REBUILD"]);
});

test("several sources, one of them refused: 125, no program, IDLE on the others and not on that one", async (t) => {
  const all = () => server.received(3);
  const server = await startFaultServer(t, {
    a: [reply(), reply()],
    b: [heldUntil(all, refused)],
    c: [stall(), reply()],
  });
  const args = ["run", "REBUILD", "--source", "a", "--source", "b", "--source", "c", "--", "echo", "started"];
  const end = await run(t, args, { server });
  assert.deepEqual([end.code, end.stdout], [125, ""]);
  assert.match(end.stderr, /the program was not started: .* on source b /);
  const of = (id) =>
    server.requests.filter(({ sourceId }) => sourceId === id).map(({ statusType }) => statusType);
  assert.deepEqual([of("a"), of("b"), of("c")], [["REBUILD", "IDLE"], ["REBUILD"], ["REBUILD", "IDLE"]]);
});

test("several sources, one of which may have been set: the others do not wait for its IDLE", async (t) => {
  const isAIdle = deferred();
  const seen = (step) => ({
    ...step,
    play: (exchange) => {
      isAIdle.resolve();
      return step.play(exchange);
    },
  });
  const server = await startFaultServer(t, {
    a: [reply(), seen(reply())],
    b: [reply({ status: 500 }), refused, heldUntil(() => isAIdle.promise, reply())],
  });
  const end = await run(t, ["run", "REBUILD", "--source", "a", "--source", "b", "--", "echo", "started"], {
    server,
  });
  assert.deepEqual([end.code, end.stdout], [125, ""]);
  const last = ["a", "b"].map((id) => server.requests.findLast(({ sourceId }) => sourceId === id));
  assert.deepEqual(
    last.map(({ statusType }) => statusType),
    ["IDLE", "IDLE"],
  );
});

test("several sources left active: 75, and each is named", async (t) => {
  const server = await startFaultServer(t, {
    a: [reply(), refused],
    b: [reply(), reply()],
    c: [reply(), refused],
  });
  const args = ["run", "REBUILD", "--source", "a", "--source", "b", "--source", "c", "--", "true"];
  const end = await run(t, args, { server });
  assert.equal(end.code, 75);
  const named = [...end.stderr.matchAll(/^push-source-status: (\w+): the source was left active/gm)];
  assert.deepEqual(
    named.map(([, id]) => id),
    ["a", "c"],
  );
});

/** A failure without a delay that lets the other sources go on. */
const throttled = reply({ status: 429, headers: { "retry-after": "3600" } });

test("--on-activation-failure continue: nothing was set for certain, so the program runs and no IDLE follows", async (t) => {
  const server = await startFaultServer(t, [throttled]);
  const end = await run(t, around("echo started", "--on-activation-failure", "continue"), { server });
  assert.deepEqual([end.code, end.stdout], [0, "started\n"]);
  assert.match(end.stderr, /^push-source-status: the program is started all the same: .*429/);
});

test("--on-activation-failure continue: it may have been set, so the program runs and IDLE follows", async (t) => {
  const server = await startFaultServer(t, [reply({ status: 500 }), throttled, reply()]);
  const end = await run(t, around("echo started", "--on-activation-failure", "continue"), { server });
  assert.deepEqual([end.code, end.stdout], [0, "started\n"]);
  assert.deepEqual(statusesOf(server), ["REBUILD", "REBUILD", "IDLE"]);
});

test("--on-activation-failure stop, and without the flag: the same failure stops", async (t) => {
  const server = await startFaultServer(t, [throttled, throttled]);
  for (const flags of [["--on-activation-failure", "stop"], []]) {
    const end = await run(t, around("echo started", ...flags), { server });
    assert.deepEqual([end.code, end.stdout], [125, ""]);
  }
});

test("--on-activation-failure continue: a refusal stops all the same", async (t) => {
  const server = await startFaultServer(t, [forever(refused)]);
  const end = await run(t, around("echo started", "--on-activation-failure", "continue"), { server });
  assert.deepEqual([end.code, end.stdout], [125, ""]);
  assert.equal(server.requests.length, 1);
});

test("--on-activation-failure continue: where one source is refused, the others are not waited for", async (t) => {
  const server = await startFaultServer(t, {
    a: [stall(), reply()],
    b: [heldUntil(() => server.received(2), refused)],
  });
  const sources = ["--source", "a", "--source", "b"];
  const args = ["run", "REBUILD", ...sources, "--on-activation-failure", "continue", "--", "echo", "started"];
  const end = await run(t, args, { server });
  assert.deepEqual([end.code, end.stdout], [125, ""]);
  assert.deepEqual(statusesOf(server), ["REBUILD", "REBUILD", "IDLE"]);
});
