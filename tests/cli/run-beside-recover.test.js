import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { killedKeeper } from "../journal/keeper.js";
import { temporaryFolder } from "../journal/sample.js";
import { around, SOURCE, start, statusesOf } from "./command-line.js";
import { Night } from "./night.js";
import { until } from "./processes.js";

const WAYS = ["refuse", "skip", "wait", "allow"];

/** Starts a `recover` whose IDLE the service has received, and has not answered. */
async function startRecovery(t) {
  let letGo;
  const isLetGo = new Promise((resolve) => {
    letGo = resolve;
  });
  const held = { name: "held", play: (exchange) => isLetGo.then(() => reply().play(exchange)) };
  const server = await startFaultServer(t, ({ statusType }) => (statusType === "IDLE" ? held : reply()));
  const directory = temporaryFolder(t);
  const options = { server, env: { PUSH_SOURCE_STATUS_JOURNAL: directory } };
  await killedKeeper(t, { directory, sourceId: SOURCE, endpoint: server.endpoint });
  const recovery = start(t, ["recover", "--source", SOURCE], options);
  await server.received(1);
  return { server, letGo, recovery, start: (args) => start(t, args, options) };
}

describe("row 67: a run beside a recover of its source", { concurrency: 4 }, () => {
  for (const way of WAYS) {
    test(`${way}: it waits for the recover, and works`, async (t) => {
      const { server, letGo, recovery, ...team } = await startRecovery(t);
      const command = team.start(around("echo works", "--if-running", way, "--json"));
      await command.says(/"type":"awaiting_recovery"/);
      assert.deepEqual(statusesOf(server), ["IDLE"]);
      letGo();
      assert.equal((await recovery.ended).code, 0);
      const { code, stdout, stderr } = await command.ended;
      assert.deepEqual([code, stdout], [0, "works\n"], stderr);
      assert.doesNotMatch(stderr, /"type":"(?:refused|running)"/);
      assert.deepEqual(statusesOf(server), ["IDLE", "REBUILD", "IDLE"]);
    });
  }

  test("off a terminal nothing is said of the wait", async (t) => {
    const { letGo, ...team } = await startRecovery(t);
    const events = `${temporaryFolder(t)}.events`;
    const command = team.start(around("true", "--events-file", events));
    await until(() => existsSync(events) && /awaiting_recovery/.test(readFileSync(events, "utf8")));
    letGo();
    assert.deepEqual(await command.ended, { code: 0, signal: null, stdout: "", stderr: "" });
  });

  test("one that does not end is not waited for for ever: 73, and whose it is; nothing is sent", async (t) => {
    const { server, recovery, ...team } = await startRecovery(t);
    const ends = await Promise.all(
      [[], ["--if-running", "skip"]].map((flags) => team.start(around("echo works", ...flags)).ended),
    );
    assert.deepEqual(
      ends.map(({ code, stdout }) => [code, stdout]),
      [
        [73, ""],
        [0, ""],
      ],
    );
    const said = `^push-source-status: recover sets IDLE on ${SOURCE}: process ${recovery.pid} on \\S+, since .*; --if-running`;
    assert.match(ends[0].stderr, new RegExp(said));
    assert.ok(!statusesOf(server).includes("REBUILD"));
  });

  test("a TERM during the wait: 143, and nothing is sent", async (t) => {
    const { server, ...team } = await startRecovery(t);
    const command = team.start(around("echo works", "--json"));
    await command.says(/"type":"awaiting_recovery"/);
    command.signal("SIGTERM");
    const { code, stdout } = await command.ended;
    assert.deepEqual([code, stdout], [143, ""]);
    assert.deepEqual(statusesOf(server), ["IDLE"]);
  });
});

/** Collects garbage all the time, as a program with some load does by itself now and then. */
const COLLECTING = `data:text/javascript,${encodeURIComponent(`
  import { setFlagsFromString } from "node:v8";
  import { runInNewContext } from "node:vm";
  setFlagsFromString("--expose-gc");
  setInterval(runInNewContext("gc"), 300).unref();
`)}`;

test("run: what a killed run has left gets 10 s, whatever is garbage, and then the program starts", async (t) => {
  const night = await Night.begin(t);
  await night.killed("source");
  night.emulator.failNext({ stall: true, statusType: "IDLE" });
  const env = { NODE_OPTIONS: `--import=${COLLECTING}` };
  const { code, stdout, stderr } = await night.run(
    ["run", "REBUILD", "--source", "source", "--", "echo", "started"],
    { env },
  );
  assert.equal(code, 0, stderr);
  assert.match(stdout, /started/);
  assert.match(stderr, /is not closed: not done in 10 s; this run goes on/);
});
