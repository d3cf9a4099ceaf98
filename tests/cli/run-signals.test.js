import assert from "node:assert/strict";
import { constants } from "node:os";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { startFaultServer } from "../faults/server.js";
import { reply, stall } from "../faults/steps.js";
import { heldUntil } from "../node/waits.js";
import { around, start, statusesOf } from "./command-line.js";

/** These runs have no controlling terminal, because each command is in a new session. */

const STOPPING = ["SIGTERM", "SIGHUP", "SIGINT"];
const ALL = [...STOPPING, "SIGQUIT", "SIGUSR1", "SIGUSR2"];

/** A shell script that reports one of the signals when it comes, and then runs `then`. */
const trapping = (signal, then) =>
  `trap 'echo got ${signal}; ${then}' ${signal.slice(3)}; echo ready; while :; do sleep 0.02; done`;

const ignoring = "trap '' TERM INT; echo ready; while :; do sleep 0.02; done";

const REPAIR = /\n {2}push-source-status set IDLE --source \S+ --organization \S+ --endpoint \S+\n/;

function since(startedAt) {
  return performance.now() - startedAt;
}

describe("during the program", { concurrency: 4 }, () => {
  for (const signal of ALL) {
    test(`${signal} is forwarded; the program's own exit code, and IDLE`, async (t) => {
      const server = await startFaultServer(t, [reply(), reply()]);
      const command = start(t, around(trapping(signal, "exit 7")), { server });
      await command.says(/ready/);
      command.signal(signal);
      const end = await command.ended;
      assert.deepEqual([end.code, end.stdout], [7, `ready\ngot ${signal}\n`]);
      assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
      if (STOPPING.includes(signal)) assert.match(end.stderr, REPAIR);
      // The shell itself may print what the signal did to its child.
      else assert.doesNotMatch(end.stderr, /push-source-status/);
    });

    test(`${signal} ends a program that knows nothing of it: 128+n, and IDLE`, async (t) => {
      const server = await startFaultServer(t, [reply(), reply()]);
      const command = start(t, around("echo ready; exec sleep 30"), { server });
      await command.says(/ready/);
      command.signal(signal);
      assert.equal((await command.ended).code, 128 + constants.signals[signal]);
      assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
    });
  }

  for (const signal of STOPPING) {
    test(`a program that ignores ${signal} is killed when its grace is over: 137, and IDLE`, async (t) => {
      const server = await startFaultServer(t, [reply(), reply()]);
      const script = `trap '' ${signal.slice(3)}; echo ready; exec sleep 30`;
      const command = start(t, around(script, "--grace", "0.4"), { server });
      await command.says(/ready/);
      const startedAt = performance.now();
      command.signal(signal);
      const end = await command.ended;
      assert.equal(end.code, 137);
      assert.ok(since(startedAt) >= 399, `${since(startedAt)} ms`);
      assert.match(end.stderr, /the program is killed: the grace period is over\n/);
      assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
    });
  }

  test("a program that takes its time within its grace is not killed, and a second TERM adds nothing to it", async (t) => {
    const server = await startFaultServer(t, [reply(), reply()]);
    const command = start(t, around(trapping("SIGTERM", "sleep 0.3; exit 0"), "--grace", "5s"), { server });
    await command.says(/ready/);
    command.signal("SIGTERM");
    await command.says(/got SIGTERM/);
    command.signal("SIGTERM");
    const end = await command.ended;
    assert.equal(end.code, 0);
    assert.equal(end.stderr.match(/push-source-status set IDLE/g).length, 1);
  });

  test("further TERMs do not begin the grace anew", async (t) => {
    const server = await startFaultServer(t, [reply(), reply()]);
    const command = start(t, around(ignoring, "--grace", "0.6"), { server });
    await command.says(/ready/);
    let isOver = false;
    command.ended.then(() => (isOver = true));
    // If each TERM began the grace anew, the run would never end.
    while (!isOver) {
      command.signal("SIGTERM");
      await sleep(100);
    }
    assert.equal((await command.ended).code, 137);
  });

  test("a second INT kills the program at once", async (t) => {
    const server = await startFaultServer(t, [reply(), reply()]);
    const command = start(t, around(ignoring, "--grace", "1h"), { server });
    await command.says(/ready/);
    command.signal("SIGINT");
    await command.says(/the program has 3600 s/);
    command.signal("SIGINT");
    const end = await command.ended;
    assert.equal(end.code, 137);
    assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
  });

  test("a TERM and then an INT: both are forwarded, and the program keeps its grace", async (t) => {
    const server = await startFaultServer(t, [reply(), reply()]);
    const script = `trap '' TERM; ${trapping("SIGINT", "sleep 0.2; exit 4")}`;
    const command = start(t, around(script), { server });
    await command.says(/ready/);
    command.signal("SIGTERM");
    await command.says(/the program has/);
    command.signal("SIGINT");
    assert.equal((await command.ended).code, 4);
  });

  test("a program that somebody else kills: 137, and IDLE", async (t) => {
    const server = await startFaultServer(t, [reply(), reply()]);
    const command = start(t, around("echo ready $$; exec sleep 30"), { server });
    await command.says(/ready \d+\n/);
    process.kill(Number(/ready (\d+)/.exec(command.stdout)[1]), "SIGKILL");
    const end = await command.ended;
    assert.deepEqual([end.code, end.stderr], [137, ""]);
    assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
  });
});

/** A run on two sources that reports every event. */
const ofTwo = ["run", "REBUILD", "--source", "a", "--source", "b", "--json", "--", "echo", "started"];

describe("while the active status is being set", { concurrency: 4 }, () => {
  for (const signal of ALL) {
    test(`${signal}: no program, IDLE since it may have been applied, 128+n`, async (t) => {
      const server = await startFaultServer(t, [stall(), reply()]);
      const command = start(t, around("echo started"), { server });
      await server.received();
      command.signal(signal);
      const end = await command.ended;
      assert.deepEqual([end.code, end.stdout], [128 + constants.signals[signal], ""]);
      assert.match(end.stderr, REPAIR);
      assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
    });
  }

  test("TERM while the service throttles: nothing was applied, so no IDLE; at once", async (t) => {
    const server = await startFaultServer(t, [reply({ status: 429, headers: { "retry-after": "50" } })]);
    const command = start(t, around("echo started", "--json"), { server });
    await command.says(/"type":"throttled"/);
    command.signal("SIGTERM");
    const end = await command.ended;
    assert.deepEqual([end.code, end.stdout], [143, ""]);
  });

  test("INT, and again while IDLE is stuck: 5 s more, 130, and the source is named", async (t) => {
    // At most two attempts fit into the 5 s.
    const server = await startFaultServer(t, [stall(), stall(), stall(), stall()], { unusedSteps: "allow" });
    const command = start(t, around("echo started"), { server });
    await server.received();
    command.signal("SIGINT");
    await server.received(2);
    const startedAt = performance.now();
    command.signal("SIGINT");
    const end = await command.ended;
    assert.deepEqual([end.code, end.stdout], [130, ""]);
    assert.ok(since(startedAt) > 4900, `${since(startedAt)} ms`);
    assert.match(end.stderr, /push-source-status set IDLE --source \S+ --organization \S+ --endpoint \S+\n$/);
    assert.deepEqual(new Set(statusesOf(server).slice(1)), new Set(["IDLE"]));
  });

  test("TERM while one of several sources is still being set: IDLE on all", async (t) => {
    const server = await startFaultServer(t, { a: [reply(), reply()], b: [stall(), reply()] });
    const command = start(t, ofTwo, { server });
    await command.says(/"type":"done".*"sourceId":"a"/);
    await server.received(2);
    command.signal("SIGTERM");
    const end = await command.ended;
    assert.deepEqual([end.code, end.stdout], [143, ""]);
  });

  test("TERM while one of several sources is still being set: the others do not wait for its IDLE", async (t) => {
    const server = await startFaultServer(t, {
      a: [reply(), reply()],
      b: [stall(), heldUntil(() => server.received(4), reply())],
    });
    const command = start(t, ofTwo, { server });
    await command.says(/"type":"done".*"sourceId":"a"/);
    await server.received(2);
    command.signal("SIGTERM");
    assert.equal((await command.ended).code, 143);
    assert.deepEqual(statusesOf(server).slice(2), ["IDLE", "IDLE"]);
  });
});
