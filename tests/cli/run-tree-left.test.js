import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { around, start, statusesOf } from "./command-line.js";
import { look, skip, until, works } from "./processes.js";
import { startWorkplace, workerOf } from "./worker.js";

/** These runs have no controlling terminal. */

describe("row 62: what a program leaves in its group", { concurrency: 2 }, () => {
  test("is named and waited for, and then IDLE; the exit code is the program's", async (t) => {
    const place = await startWorkplace(t);
    const command = start(t, around(`sh ${place.worker} & exit 3`, "--linger", "1h"), place);
    await command.says(/working \d+\n/);
    await command.says(/IDLE waits for/);
    const pid = workerOf(command);
    assert.ok(
      command.stderr.startsWith("push-source-status: the program has ended; IDLE waits for "),
      command.stderr,
    );
    assert.ok(command.stderr.includes(`sh (${pid})`), command.stderr);
    await place.holdsIdleAfter(command);
    assert.equal((await command.ended).code, 3);
  });

  test("is left alone when its time is over: IDLE, 0, and nothing is killed after a success", async (t) => {
    const place = await startWorkplace(t);
    const command = start(t, around(`${place.leaveDeaf}; exit 0`, "--linger", "0.3"), place);
    await command.says(/IDLE is set though the program has left .* running\n/);
    await place.server.received(2);
    const pid = workerOf(command);
    await until(() => !works(command.pid));
    assert.ok(works(pid), "the process that was left has been killed");
    assert.match(command.stderr, new RegExp(`has left .*sh \\(${pid}\\)`));
  });

  test("has as long as the grace unless --linger is given", async (t) => {
    const place = await startWorkplace(t);
    const command = start(t, around(`${place.leaveDeaf}; exit 0`, "--grace", "0.3"), place);
    await command.says(/IDLE is set though/);
    await place.server.received(2);
  });

  test("--linger 0: it is not waited for", async (t) => {
    const place = await startWorkplace(t);
    const command = start(t, around(`${place.leaveDeaf}; exit 0`, "--linger", "0", "--grace", "1h"), place);
    await place.server.received(2);
    await command.says(/IDLE is set though/);
    assert.doesNotMatch(command.stderr, /IDLE waits/);
  });

  test("--json tells it as events", async (t) => {
    const place = await startWorkplace(t);
    const flags = ["--linger", "1h", "--grace", "0.3", "--foreground", "--json"];
    const command = start(t, around(`${place.leaveDeaf}; exit 0`, ...flags), place);
    await command.says(/"type":"lingering"/);
    command.signal("SIGTERM");
    await command.says(/"type":"left_running".*\n/);
    const events = command.stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const pid = workerOf(command);
    for (const type of ["lingering", "left_running"]) {
      const { processes } = events.find((event) => event.type === type);
      const one = processes.find((process) => process.pid === pid);
      assert.deepEqual(one, { pid, name: "sh" });
    }
    assert.equal(events.find(({ type }) => type === "lingering").lingerMs, 3_600_000);
  });

  test("gets a TERM that comes while it is waited for; the exit code stays the program's", async (t) => {
    const place = await startWorkplace(t);
    const command = start(t, around(`sh ${place.worker} & exit 3`, "--grace", "1h"), place);
    await command.says(/IDLE waits for/);
    command.signal("SIGTERM");
    await command.says(/stopping/);
    await place.holdsIdleAfter(command);
    assert.equal((await command.ended).code, 3);
  });

  test("is killed when the grace after that TERM is over", async (t) => {
    const place = await startWorkplace(t);
    const flags = ["--linger", "1h", "--grace", "0.3"];
    const command = start(t, around(`${place.leaveDeaf}; exit 0`, ...flags), place);
    await command.says(/IDLE waits for/);
    command.signal("SIGTERM");
    const end = await command.ended;
    assert.deepEqual([end.code, works(workerOf(command))], [0, false]);
    assert.match(end.stderr, /is killed: the grace period is over/);
    assert.deepEqual(statusesOf(place.server), ["REBUILD", "IDLE"]);
  });

  test("--linger ends no grace: a TERM gives it all of it", async (t) => {
    const place = await startWorkplace(t);
    const flags = ["--linger", "0", "--grace", "1h"];
    const command = start(t, around(`sh ${place.worker}; true`, ...flags), place);
    await command.says(/working/);
    command.signal("SIGTERM");
    await place.holdsIdleAfter(command);
  });
});

test("row 62: what has left the group on purpose is not followed", { skip }, async (t) => {
  const place = await startWorkplace(t);
  const script = `setsid sh ${place.deaf} & until [ -e said ]; do sleep 0.02; done; exit 0`;
  const command = start(t, around(script, "--linger", "1h"), { server: place.server, cwd: place.folder });
  await command.says(/working \d+\n/);
  const pid = workerOf(command);
  await until(() => look(pid).group === pid);
  place.write("said", "");
  await place.server.received(2);
  assert.equal(command.stderr, "");
  assert.ok(works(pid));
});

test("row 62: a zombie in the group is not waited for", { skip }, async (t) => {
  const place = await startWorkplace(t);
  // Its parent has gone to another session, and does not reap it.
  const child = '(until [ -e away ]; do sleep 0.02; done) & echo "zombie $!"';
  const script = `sh -c '${child}; exec setsid sh -c ": > away; exec sleep 600"' & until [ -e seen ]; do sleep 0.02; done; exit 0`;
  const command = start(t, around(script, "--linger", "1h"), { server: place.server, cwd: place.folder });
  await command.says(/zombie \d+\n/);
  const zombie = Number(/zombie (\d+)/.exec(command.stdout)[1]);
  await until(() => look(zombie).state === "Z" && look(look(zombie).parent).group !== look(zombie).group);
  place.write("seen", "");
  await place.server.received(2);
  assert.equal(look(zombie).state, "Z");
  assert.equal(command.stderr, "");
});
