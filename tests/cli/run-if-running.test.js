import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { startKeeper } from "../journal/keeper.js";
import { temporaryFolder } from "../journal/sample.js";
import { around, run, SOURCE, start, statusesOf } from "./command-line.js";

/** A script that prints that it works, and ends with a line of input. */
const working = "echo working; read line; true";

/** Starts a service, and runs that share a journal. */
async function startTeam(t, requests) {
  const server = await startFaultServer(
    t,
    Array.from({ length: requests }, () => reply()),
  );
  const directory = temporaryFolder(t);
  const env = { PUSH_SOURCE_STATUS_JOURNAL: directory };
  const options = { server, env };
  return {
    server,
    journal: { directory },
    run: (args) => run(t, args, options),
    start: (args) => start(t, args, options),
    /** Starts a run, and waits until its program works. */
    async begin(args = around(working)) {
      const command = start(t, args, { ...options, input: null });
      await command.says(/working/);
      return command;
    },
  };
}

/** Returns the arguments of a run on several sources. */
function of(ids, script, ...flags) {
  const sources = ids.flatMap((id) => ["--source", id]);
  return ["run", "REBUILD", ...sources, ...flags, "--", "sh", "-c", script];
}

async function finish(command) {
  command.stdin.end("\n");
  const { code } = await command.ended;
  assert.equal(code, 0, command.stderr);
}

describe("row 67: a source on which another run works", { concurrency: 2 }, () => {
  test("refuse, as without a flag: 73, with its pid and since when; nothing is sent", async (t) => {
    const team = await startTeam(t, 2);
    const before = Date.now();
    const first = await team.begin();
    for (const flags of [[], ["--if-running", "refuse"]]) {
      const { code, stdout, stderr } = await team.run(around("echo started", ...flags));
      assert.deepEqual([code, stdout], [73, ""]);
      const said = new RegExp(
        `^push-source-status: another run works on ${SOURCE}: process ${first.pid} on [^ ]+, and its program \\d+, since (\\S+ \\S+) \\(\\d+ s ago\\);`,
      );
      const since = Date.parse(said.exec(stderr)?.[1]);
      assert.ok(since >= before - 1000 && since <= Date.now(), stderr);
    }
    assert.deepEqual(statusesOf(team.server), ["REBUILD"]);
    await finish(first);
  });

  test("skip: 0, without a word off a terminal; nothing is sent", async (t) => {
    const team = await startTeam(t, 2);
    const first = await team.begin();
    const end = await team.run(around("echo started", "--if-running", "skip"));
    assert.deepEqual(end, { code: 0, signal: null, stdout: "", stderr: "" });
    assert.deepEqual(statusesOf(team.server), ["REBUILD"]);
    await finish(first);
  });

  test("wait: it begins when the other one has ended", async (t) => {
    const team = await startTeam(t, 4);
    const first = await team.begin();
    const second = team.start(around("echo started", "--if-running", "wait", "--json"));
    await second.says(/"type":"running"/);
    // Longer than the interval at which the run looks again.
    await sleep(1000);
    assert.deepEqual(statusesOf(team.server), ["REBUILD"]);
    await finish(first);
    const end = await second.ended;
    assert.deepEqual([end.code, end.stdout], [0, "started\n"]);
    assert.deepEqual(statusesOf(team.server), ["REBUILD", "IDLE", "REBUILD", "IDLE"]);
  });

  test("wait, and a TERM: 143, nothing is sent, and no command is given that would end the other one", async (t) => {
    const team = await startTeam(t, 2);
    const first = await team.begin();
    const second = team.start(around("echo started", "--if-running", "wait", "--json"));
    await second.says(/"type":"running"/);
    second.signal("SIGTERM");
    const end = await second.ended;
    assert.deepEqual([end.code, end.stdout], [143, ""]);
    assert.doesNotMatch(end.stderr, /set IDLE/);
    assert.deepEqual(statusesOf(team.server), ["REBUILD"]);
    await finish(first);
  });

  test("allow: both work; and a third one hears of the one that is left", async (t) => {
    const team = await startTeam(t, 4);
    const first = await team.begin();
    const second = await team.begin(around(working, "--if-running", "allow"));
    await finish(first);
    const third = await team.run(around("echo started"));
    assert.deepEqual([third.code, third.stdout], [73, ""]);
    assert.match(third.stderr, new RegExp(`process ${second.pid} `));
    await finish(second);
    assert.deepEqual(statusesOf(team.server), ["REBUILD", "REBUILD", "IDLE", "IDLE"]);
  });

  test("one of several: nothing is sent for the others either, and they are free", async (t) => {
    const team = await startTeam(t, 4);
    const first = await team.begin(of(["b"], working));
    const second = await team.run(of(["a", "b", "c"], "echo started"));
    assert.deepEqual([second.code, second.stdout], [73, ""]);
    assert.equal((await team.run(of(["a"], "true"))).code, 0);
    await finish(first);
  });

  test("wait, for one of several: the others are free meanwhile", async (t) => {
    const team = await startTeam(t, 8);
    const first = await team.begin(of(["b"], working));
    const second = team.start(of(["a", "b"], "echo started", "--if-running", "wait", "--json"));
    await second.says(/"type":"running"/);
    // The waiting run may hold the claim for an instant while it looks.
    while ((await team.run(of(["a"], "true"))).code === 73);
    await finish(first);
    assert.equal((await second.ended).code, 0);
  });

  test("the same id in another organization, or at another endpoint, is another source", async (t) => {
    const team = await startTeam(t, 4);
    const first = await team.begin();
    const other = await startFaultServer(t, [reply(), reply()]);
    for (const place of [
      ["--organization", "another"],
      ["--endpoint", other.endpoint],
    ]) {
      const { code, stdout, stderr } = await team.run(around("echo started", ...place));
      assert.deepEqual([code, stdout, stderr], [0, "started\n", ""]);
    }
    assert.equal((await team.run(around("echo started"))).code, 73);
    await finish(first);
  });

  test("a claim without a place, as an earlier version makes it, counts too", async (t) => {
    const team = await startTeam(t, 2);
    const { child, pid, ended } = await startKeeper(t, {
      ...team.journal,
      sourceId: SOURCE,
      isClaimed: true,
    });
    const { code, stderr } = await team.run(around("echo started"));
    assert.equal(code, 73);
    assert.match(stderr, new RegExp(`another run works on ${SOURCE}: process ${pid} on `));
    child.kill("SIGKILL");
    await ended;
    assert.equal((await team.run(around("echo started"))).code, 0);
  });

  test("--no-journal: nobody knows of anybody", async (t) => {
    const team = await startTeam(t, 4);
    const first = await team.begin();
    assert.equal((await team.run(around("true", "--no-journal"))).code, 0);
    await finish(first);
  });
});
