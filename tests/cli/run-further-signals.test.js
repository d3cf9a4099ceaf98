import assert from "node:assert/strict";
import { constants } from "node:os";
import { describe, test } from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply, stall } from "../faults/steps.js";
import { around, start, statusesOf } from "./command-line.js";

/** Signals that are tested elsewhere, cannot be caught, end no process, or are not for Node to handle. */
const OTHER =
  "TERM HUP INT QUIT USR1 USR2 KILL STOP CHLD CONT PIPE TSTP TTIN TTOU URG WINCH XFSZ INFO ILL BUS FPE SEGV";

/** Every other signal of this system, under one of its names. */
const FURTHER = Object.entries(constants.signals)
  .filter(([name]) => !OTHER.split(" ").includes(name.slice(3)))
  .filter(([, number], index, all) => all.findIndex((other) => other[1] === number) === index)
  .map(([name]) => name);

describe("stop the run as TERM does", { concurrency: 4 }, () => {
  for (const signal of FURTHER) {
    const code = 128 + constants.signals[signal];

    test(`row 63: ${signal} during the program: it gets a TERM; IDLE, and 128+n`, async (t) => {
      const server = await startFaultServer(t, [reply(), reply()]);
      const command = start(t, around("echo ready; exec sleep 600"), { server });
      await command.says(/ready/);
      command.signal(signal);
      const end = await command.ended;
      assert.equal(end.code, code);
      assert.match(end.stderr, /: [A-Z]+: the program has 5 s; .*repair it with\n/);
      assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
    });

    test(`row 63: ${signal} while the active status is being set: no program, IDLE, 128+n`, async (t) => {
      const server = await startFaultServer(t, [stall(), reply()]);
      const command = start(t, around("echo started"), { server });
      await server.received();
      command.signal(signal);
      const end = await command.ended;
      assert.deepEqual([end.code, end.stdout], [code, ""]);
      assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
    });
  }
});

test("row 63: a program that ends by itself after the TERM: its own exit code", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const script = "trap 'echo got TERM; exit 7' TERM; echo ready; while :; do sleep 0.02; done";
  const command = start(t, around(script), { server });
  await command.says(/ready/);
  command.signal("SIGXCPU");
  const end = await command.ended;
  assert.deepEqual([end.code, end.stdout], [7, "ready\ngot TERM\n"]);
});

test("row 63: a program that ignores the TERM is killed when its grace is over: 137", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const command = start(t, around("trap '' TERM; echo ready; exec sleep 600", "--grace", "0.3"), { server });
  await command.says(/ready/);
  command.signal("SIGALRM");
  assert.equal((await command.ended).code, 137);
  assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
});
