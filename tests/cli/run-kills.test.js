import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { fileJournal } from "push-source-status/journal";
import { startFaultServer } from "../faults/server.js";
import { reply, stall } from "../faults/steps.js";
import { inWords, temporaryFolder } from "../journal/sample.js";
import { around, run, SOURCE, start, statusesOf } from "./command-line.js";
import { childrenOf, look, skip, until } from "./processes.js";

/** Starts a service, and runs with one journal. */
async function startPlace(t, steps) {
  const server = await startFaultServer(t, steps);
  const directory = temporaryFolder(t);
  const options = { server, env: { PUSH_SOURCE_STATUS_JOURNAL: directory } };
  return {
    server,
    run: (args) => run(t, args, options),
    start: (args) => start(t, args, options),
    entries: async () => inWords(await fileJournal({ directory }).entries()),
    /** Resolves when the journal knows the program. */
    async followed() {
      const journal = fileJournal({ directory });
      for (;;) {
        const { ownedBy } = await journal.claim(SOURCE);
        if (ownedBy.group !== undefined) return;
        await sleep(10);
      }
    },
  };
}

const gone = `${SOURCE} REBUILD gone`;
const live = `${SOURCE} REBUILD live`;

/** Fails unless the next run closes what was left, reports it, and does its own work. */
async function isClosedByTheNext({ server, run, entries }, before) {
  const { code, stdout, stderr } = await run(around("echo started"));
  assert.deepEqual([code, stdout], [0, "started\n"]);
  const said = `^push-source-status: ${SOURCE} was left with REBUILD by a run that could not set IDLE, or was killed, process \\d+ on .*, since .*: IDLE is set first\n$`;
  assert.match(stderr, new RegExp(said));
  assert.deepEqual(statusesOf(server), [...before, "IDLE", "REBUILD", "IDLE"]);
  assert.deepEqual(await entries(), []);
}

async function kill(command) {
  command.signal("SIGKILL");
  assert.equal((await command.ended).signal, "SIGKILL");
}

/** Fails unless the next run starts nothing and ends nothing while the program works. */
async function isLeftAlone({ server, run, entries }, pid) {
  assert.deepEqual(await entries(), [live]);
  const { code, stdout, stderr } = await run(around("echo started"));
  assert.deepEqual([code, stdout], [73, ""]);
  assert.match(stderr, new RegExp(`program \\d+ on .*, left by process ${pid}, since`));
  assert.deepEqual(statusesOf(server), ["REBUILD"]);
}

/** A script that prints its pid, and works on whatever becomes of its starter. */
const working = 'echo "program $$"; exec sleep 600';

async function programOf(command) {
  await command.says(/program \d+\n/);
  return Number(/program (\d+)\n/.exec(command.stdout)[1]);
}

async function ended(pid) {
  await until(() => [undefined, "Z", "X"].includes(look(pid)?.state));
}

describe("row 66: SIGKILL", { concurrency: 2, skip }, () => {
  test("while the active status is on its way", async (t) => {
    const place = await startPlace(t, [stall(), reply(), reply(), reply()]);
    const command = place.start(around("echo started"));
    await place.server.received();
    await kill(command);
    assert.deepEqual(await place.entries(), [gone]);
    await isClosedByTheNext(place, ["REBUILD"]);
  });

  test("while it waits to try the active status again, which nobody has applied", async (t) => {
    const throttled = reply({ status: 429, headers: { "retry-after": "50" } });
    const place = await startPlace(t, [throttled, reply(), reply(), reply()]);
    const command = place.start(around("echo started", "--json"));
    await command.says(/"type":"throttled"/);
    await kill(command);
    assert.deepEqual(await place.entries(), [gone]);
    await isClosedByTheNext(place, ["REBUILD"]);
  });

  test("while the program works, which goes on: then to its group", async (t) => {
    const place = await startPlace(t, [reply(), reply(), reply(), reply()]);
    const command = place.start(around(working));
    const program = await programOf(command);
    await place.followed();
    command.signal("SIGKILL");
    await ended(command.pid);
    await isLeftAlone(place, command.pid);
    process.kill(-program, "SIGKILL");
    await ended(program);
    await isClosedByTheNext(place, ["REBUILD"]);
  });

  test("while the program works, whose children go on without it", async (t) => {
    const place = await startPlace(t, [reply(), reply(), reply(), reply()]);
    const command = place.start(around(`sleep 600 & ${working}`));
    const program = await programOf(command);
    await place.followed();
    command.signal("SIGKILL");
    await ended(command.pid);
    process.kill(program, "SIGKILL");
    await ended(program);
    await isLeftAlone(place, command.pid);
    process.kill(-program, "SIGKILL");
    await until(() => !groupLives(program));
    await isClosedByTheNext(place, ["REBUILD"]);
  });

  test("by the program, in its very first instant", async (t) => {
    const place = await startPlace(t, [reply(), reply(), reply(), reply()]);
    const script = `kill -KILL $PPID; ${working}`;
    const command = place.start(around(script));
    const program = await programOf(command);
    await ended(command.pid);
    assert.deepEqual(await place.entries(), [live]);
    const second = await place.run(around("echo started"));
    assert.deepEqual([second.code, statusesOf(place.server)], [73, ["REBUILD"]]);
    process.kill(program, "SIGKILL");
    await ended(program);
    await isClosedByTheNext(place, ["REBUILD"]);
  });

  test("with --foreground, while the program works: it alone counts, whoever else is in the group", async (t) => {
    const place = await startPlace(t, [reply(), reply(), reply(), reply()]);
    const command = place.start(around(working, "--foreground"));
    const program = await programOf(command);
    await place.followed();
    command.signal("SIGKILL");
    await ended(command.pid);
    await isLeftAlone(place, command.pid);
    process.kill(program, "SIGKILL");
    await ended(program);
    await isClosedByTheNext(place, ["REBUILD"]);
  });

  test("with --foreground, while the program works, whose children go on without it", async (t) => {
    const place = await startPlace(t, [reply(), reply(), reply(), reply()]);
    const command = place.start(around(`sleep 600 & ${working}`, "--foreground"));
    const program = await programOf(command);
    await place.followed();
    const [child] = childrenOf(program);
    command.signal("SIGKILL");
    await ended(command.pid);
    process.kill(program, "SIGKILL");
    await ended(program);
    await isLeftAlone(place, command.pid);
    process.kill(child, "SIGKILL");
    await ended(child);
    await isClosedByTheNext(place, ["REBUILD"]);
  });

  test("to the whole group, with --foreground", async (t) => {
    const place = await startPlace(t, [reply(), reply(), reply(), reply()]);
    const command = place.start(around(working, "--foreground"));
    const program = await programOf(command);
    process.kill(-command.pid, "SIGKILL");
    await ended(command.pid);
    await ended(program);
    assert.deepEqual(await place.entries(), [gone]);
    await isClosedByTheNext(place, ["REBUILD"]);
  });

  test("while IDLE is on its way", async (t) => {
    const place = await startPlace(t, [reply(), stall(), reply(), reply(), reply()]);
    const command = place.start(around("true"));
    await place.server.received(2);
    await kill(command);
    assert.deepEqual(await place.entries(), [gone]);
    await isClosedByTheNext(place, ["REBUILD", "IDLE"]);
  });

  test("after the end: nothing is left to close", async (t) => {
    const place = await startPlace(t, [reply(), reply(), reply(), reply()]);
    const first = await place.run(around("true"));
    assert.deepEqual([first.code, await place.entries()], [0, []]);
    assert.deepEqual(await place.run(around("true")), { code: 0, signal: null, stdout: "", stderr: "" });
  });
});

test("what a killed run has left cannot be closed: that is said, and this run goes on, and its IDLE is the other's too", {
  skip,
}, async (t) => {
  const refused = reply({ status: 403 });
  const place = await startPlace(t, [stall(), refused, reply(), reply()]);
  const command = place.start(around("echo started"));
  await place.server.received();
  await kill(command);
  const { code, stdout, stderr } = await place.run(around("echo started"));
  assert.deepEqual([code, stdout], [0, "started\n"]);
  assert.match(
    stderr,
    /was killed, .*, since .*, and is not closed: the service answered 403.*; this run goes on\n$/,
  );
  assert.deepEqual(await place.entries(), []);
});

function groupLives(group) {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}
