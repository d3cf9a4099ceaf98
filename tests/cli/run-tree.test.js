import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import { around, SOURCE, start, statusesOf } from "./command-line.js";
import { look, skip, until, works } from "./processes.js";
import { startWorkplace, workerOf } from "./worker.js";

/** These runs have no controlling terminal. */

const hasPython = spawnSync("python3", ["--version"]).status === 0;
const hasNpm = spawnSync("npm", ["--version"]).status === 0;

const runOf = (program, ...flags) => ["run", "REBUILD", "--source", SOURCE, ...flags, "--", ...program];

/** Programs that start a worker, and end before it, by themselves or by a TERM. */
const WRAPPERS = {
  "a shell": ({ worker }) => ["sh", "-c", `sh ${worker}; true`],
  "a shell in a shell": ({ worker }) => ["sh", "-c", `sh -c 'sh ${worker}; true'; true`],
  "a pipeline": ({ worker }) => ["sh", "-c", `sh ${worker} | cat; true`],
  "a program that ends before it": ({ worker }) => ["sh", "-c", `sh ${worker} & exit 0`],
  "a double fork": ({ worker }) => ["sh", "-c", `(sh ${worker} & exit 0); exit 0`],
};
if (hasNpm) {
  WRAPPERS["npm run"] = (place) => {
    const scripts = { crawl: `sh ${place.worker}; true` };
    place.write("package.json", JSON.stringify({ name: "a-connector", version: "1.0.0", scripts }));
    return ["npm", "run", "--silent", "crawl"];
  };
}
if (hasPython) {
  WRAPPERS["Python's subprocess"] = ({ worker }) => [
    "python3",
    "-c",
    `import subprocess; subprocess.run(["sh", "${worker}"])`,
  ];
  // The worker still holds these pipes after the program has been killed.
  WRAPPERS["Python's subprocess, with pipes"] = ({ worker }) => [
    "python3",
    "-c",
    `import subprocess, sys
for line in subprocess.Popen(["sh", "${worker}"], stdout=subprocess.PIPE).stdout:
    print(line.decode(), end="", flush=True)`,
  ];
}

describe("row 62: TERM reaches what the program has started, and IDLE waits for it", {
  concurrency: 2,
}, () => {
  for (const [what, programOf] of Object.entries(WRAPPERS)) {
    test(what, async (t) => {
      const place = await startWorkplace(t);
      const args = runOf(programOf(place), "--grace", "1h");
      const command = start(t, args, { server: place.server, cwd: place.folder });
      await command.says(/working \d+\n/);
      command.signal("SIGTERM");
      await place.holdsIdleAfter(command);
      const { code } = await command.ended;
      assert.ok([0, 143].includes(code), `${code}`);
    });
  }
});

test("row 62: what ignores TERM is killed with its whole group when the grace is over", async (t) => {
  const place = await startWorkplace(t);
  const command = start(t, around(`sh ${place.deaf}; true`, "--grace", "0.4"), place);
  await command.says(/working \d+\n/);
  command.signal("SIGTERM");
  const end = await command.ended;
  assert.equal(end.code, 143);
  assert.match(end.stderr, /the program is killed: the grace period is over\n/);
  assert.equal(works(workerOf(command)), false);
  assert.deepEqual(statusesOf(place.server), ["REBUILD", "IDLE"]);
});

test("row 62: a second INT kills the whole group at once", async (t) => {
  const place = await startWorkplace(t);
  const command = start(t, around(`sh ${place.deaf}; true`, "--grace", "1h"), place);
  await command.says(/working \d+\n/);
  command.signal("SIGINT");
  await command.says(/INT: the program has 3600 s/);
  command.signal("SIGINT");
  await command.ended;
  assert.equal(works(workerOf(command)), false);
  assert.deepEqual(statusesOf(place.server), ["REBUILD", "IDLE"]);
});

test("row 62: a program that somebody kills: what it has started is waited for, and not killed", async (t) => {
  const place = await startWorkplace(t);
  const command = start(t, around(`echo "program $$"; sh ${place.worker}; true`, "--linger", "1h"), place);
  await command.says(/working \d+\n/);
  process.kill(Number(/program (\d+)/.exec(command.stdout)[1]), "SIGKILL");
  await place.holdsIdleAfter(command);
  assert.equal((await command.ended).code, 137);
});

for (const signal of ["SIGQUIT", "SIGUSR1", "SIGUSR2"]) {
  test(`row 62: ${signal} goes to the group too`, async (t) => {
    const place = await startWorkplace(t);
    const child = `trap "echo got it; exit 0" ${signal.slice(3)}; echo ready; while :; do sleep 0.02; done`;
    const command = start(t, around(`trap : ${signal.slice(3)}; sh -c '${child}'; exit 4`), place);
    await command.says(/ready/);
    command.signal(signal);
    const end = await command.ended;
    assert.deepEqual([end.code, end.stdout], [4, "ready\ngot it\n"]);
  });
}

test("row 62: a program that was stopped hears of a TERM all the same", { skip }, async (t) => {
  const place = await startWorkplace(t);
  const script = "trap 'exit 7' TERM; echo \"program $$\"; kill -STOP $$; while :; do sleep 0.02; done";
  const command = start(t, around(script, "--grace", "1h"), place);
  await command.says(/program \d+\n/);
  const pid = Number(/program (\d+)/.exec(command.stdout)[1]);
  await until(() => look(pid).state === "T");
  command.signal("SIGTERM");
  assert.equal((await command.ended).code, 7);
});

test("row 62: the program knows which run it is", async (t) => {
  const place = await startWorkplace(t);
  const ids = [];
  for (let run = 0; run < 2; run += 1) {
    const { stdout } = await start(t, around('echo "$PUSH_SOURCE_RUN"'), place).ended;
    assert.match(stdout, /^[0-9a-f-]{36}\n$/);
    ids.push(stdout);
  }
  assert.notEqual(ids[0], ids[1]);
});

describe("row 62: --foreground", { skip }, () => {
  test("leaves the program in this process's group, and waits for what carries the run's id", async (t) => {
    const place = await startWorkplace(t);
    const command = start(t, around(`sh ${place.worker} & exit 0`, "--foreground", "--linger", "1h"), place);
    await command.says(/working/);
    assert.equal(look(workerOf(command)).group, command.pid);
    await place.holdsIdleAfter(command);
    assert.equal((await command.ended).code, 0);
  });

  test("kills the program alone when the grace is over, and says what is left", async (t) => {
    const place = await startWorkplace(t);
    const script = `trap '' TERM; echo "program $$"; sh ${place.deaf}; true`;
    const command = start(t, around(script, "--foreground", "--grace", "0.4"), place);
    await command.says(/working \d+\n/);
    command.signal("SIGTERM");
    await command.says(/is killed: the grace period is over[\s\S]*IDLE is set though the program has left/);
    await place.server.received(2);
    assert.equal(works(Number(/program (\d+)/.exec(command.stdout)[1])), false);
    assert.ok(works(workerOf(command)));
  });
});

test("row 62: without --foreground the program has a group of its own", { skip }, async (t) => {
  const place = await startWorkplace(t);
  const command = start(t, around(`exec sh ${place.worker}`), place);
  await command.says(/working \d+\n/);
  const pid = workerOf(command);
  assert.equal(look(pid).group, pid);
  place.free();
  assert.equal((await command.ended).code, 0);
  assert.ok(existsSync(join(place.folder, "worker.sh.done")));
});
