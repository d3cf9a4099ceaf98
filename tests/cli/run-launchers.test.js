import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

import { around, BIN, Child, environment, SOURCE, spawnMarked, statusesOf } from "./command-line.js";
import { childrenOf, skip, until, works } from "./processes.js";
import { startWorkplace, workerOf } from "./worker.js";

/** Programs that start a run, signal it and its group, or contain it. */

/** Counts its TERMs, and ends when its file `.free` appears. */
const COUNTER = `n=0
trap 'n=$((n+1)); echo "TERM $n"' TERM
echo "working $$"
until [ -e "$0.free" ]; do sleep 0.02; done
exit $n
`;

/** Starts a run by way of other commands, without a terminal. */
function launch(t, place, words, args, env) {
  const [command, ...rest] = [...words, process.execPath, BIN, ...args];
  const options = {
    env: environment(place.server, env),
    stdio: ["ignore", "pipe", "pipe"],
    cwd: place.folder,
  };
  return new Child(t, spawnMarked(command, rest, options));
}

for (const [what, words] of Object.entries({
  timeout: () => ["timeout", "--kill-after=600", "600"],
  "timeout --foreground": () => ["timeout", "--foreground", "600"],
  "sh -c exec": () => ["sh", "-c", 'exec "$@"', "sh"],
  env: () => ["env", "A=b"],
})) {
  test(`row 62: a TERM to ${what} reaches what the program has started, and IDLE waits for it`, async (t) => {
    const place = await startWorkplace(t);
    const command = launch(t, place, words(), around(`sh ${place.worker}; true`, "--grace", "1h"));
    await command.says(/working \d+\n/);
    command.signal("SIGTERM");
    await command.says(/stopping/);
    await place.holdsIdleAfter(command);
    await command.ended;
  });
}

test("row 62: under setsid it is as in any session without a terminal", { skip }, async (t) => {
  const place = await startWorkplace(t);
  const words = ["setsid", "--fork", "--wait"];
  const command = launch(
    t,
    place,
    words,
    around(`echo "run $PPID"; sh ${place.worker}; true`, "--grace", "1h"),
  );
  await command.says(/working \d+\n/);
  process.kill(Number(/run (\d+)/.exec(command.stdout)[1]), "SIGTERM");
  await command.says(/stopping/);
  await place.holdsIdleAfter(command);
  assert.equal((await command.ended).code, 143);
});

test("row 62: flock: its lock is held while what the program has left works", async (t) => {
  const place = await startWorkplace(t);
  const lock = join(place.folder, "lock");
  const isFree = () => spawnSync("flock", ["-n", lock, "true"]).status === 0;
  const command = launch(t, place, ["flock", lock], around(`sh ${place.worker} & exit 0`, "--linger", "1h"));
  await command.says(/IDLE waits for/);
  assert.equal(isFree(), false);
  await place.holdsIdleAfter(command);
  assert.equal((await command.ended).code, 0);
  assert.equal(isFree(), true);
});

test("row 62: a supervisor that signals the group: the program, in a group of its own, gets one TERM", async (t) => {
  const place = await startWorkplace(t);
  const counter = place.write("counter.sh", COUNTER);
  const command = launch(t, place, [], around(`exec sh ${counter}`, "--grace", "1h"));
  await command.says(/working \d+\n/);
  process.kill(-command.pid, "SIGTERM");
  await command.says(/TERM 1\n/);
  await command.says(/TERM: the program has/);
  place.write("counter.sh.free", "");
  const { code, stdout } = await command.ended;
  assert.equal(code, 1);
  assert.match(stdout, /^working \d+\nTERM 1\n$/);
});

test("row 62: --foreground: a supervisor that kills the group kills the program with it", {
  skip,
}, async (t) => {
  const place = await startWorkplace(t);
  const command = launch(t, place, [], around(`exec sh ${place.deaf}`, "--foreground"));
  await command.says(/working \d+\n/);
  process.kill(-command.pid, "SIGKILL");
  await until(() => !works(workerOf(command)));
  assert.deepEqual(statusesOf(place.server), ["REBUILD"]);
});

test("row 62: without --foreground the program outlives a supervisor that kills the group", {
  skip,
}, async (t) => {
  const place = await startWorkplace(t);
  const command = launch(t, place, [], around(`exec sh ${place.worker}`));
  await command.says(/working \d+\n/);
  process.kill(-command.pid, "SIGKILL");
  await until(() => !works(command.pid));
  assert.ok(works(workerOf(command)));
});

const namespace = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"];
const noNamespace =
  skip ||
  (spawnSync("unshare", [...namespace.slice(1), "true"]).status !== 0 &&
    "NOT RUN: no namespace of processes may be made");

/** Returns process number 1 of the namespace that `unshare` has made. */
const firstOf = (command) => childrenOf(command.pid)[0];

test("row 62: as the first process of a namespace: TERM reaches all, and IDLE waits", {
  skip: noNamespace,
}, async (t) => {
  const place = await startWorkplace(t);
  const command = launch(t, place, namespace, around(`sh ${place.worker}; true`, "--grace", "1h"));
  await command.says(/working \d+\n/);
  process.kill(firstOf(command), "SIGTERM");
  await command.says(/stopping/);
  await place.holdsIdleAfter(command);
  assert.equal((await command.ended).code, 143);
});

test("row 62: where /proc shows another namespace, the group is known by its number alone", {
  skip: noNamespace,
}, async (t) => {
  const place = await startWorkplace(t);
  const words = namespace.filter((word) => word !== "--mount-proc");
  const flags = ["--linger", "1h", "--grace", "0.3"];
  const command = launch(t, place, words, around(`${place.leaveDeaf}; exit 0`, ...flags));
  await command.says(/IDLE waits for process group \(\d+\), 3600 s at most/);
  process.kill(firstOf(command), "SIGTERM");
  // No parent reaps the killed process, and here a zombie looks like a process that works.
  await command.says(/the program has left process group \(\d+\) running/);
  await place.server.received(2);
});

test("row 62: a /proc that shows another namespace is not believed", { skip: noNamespace }, async (t) => {
  const place = await startWorkplace(t);
  const asked = new URL("../../pkg/cli/run/processes.js", import.meta.url);
  const script = `import { processesOf } from "${asked}"; console.log(processesOf(Number(process.env.GROUP)))`;
  const words = namespace.filter((word) => word !== "--mount-proc");
  // The group of the asking process, by its number outside the namespace.
  const rest = ["-c", 'GROUP=$$ exec "$@"', "sh", ...words, process.execPath, place.write("ask.mjs", script)];
  const options = { env: environment(), stdio: ["ignore", "pipe", "pipe"] };
  const { stdout, stderr } = await new Child(t, spawnMarked("sh", rest, options)).ended;
  assert.equal(stdout, "undefined\n", stderr);
});

test("row 62: as the first process it has zombies that nobody asks for, and waits for none", {
  skip: noNamespace,
}, async (t) => {
  const place = await startWorkplace(t);
  const script = `sh -c 'sh ${place.worker} & exit 0'; exit 3`;
  const command = launch(t, place, namespace, around(script, "--linger", "1h"));
  await place.holdsIdleAfter(command);
  const end = await command.ended;
  assert.equal(end.code, 3);
  assert.doesNotMatch(end.stderr, /has left/);
});

const npm = spawnSync("npm", ["--version"]).status === 0;
const noNpm = noNamespace || (!npm && "NOT RUN: there is no npm");

for (const [what, words] of [
  ["npm start", []],
  ["npm start as the first process", namespace],
]) {
  test(`row 62: ${what}, whose script begins with exec: a TERM arrives`, { skip: noNpm }, async (t) => {
    const place = await startWorkplace(t);
    const line = `exec '${process.execPath}' '${BIN}' run REBUILD --source ${SOURCE} --grace 1h -- sh -c 'sh ${place.worker}; true'`;
    place.write("package.json", JSON.stringify({ name: "a", version: "1.0.0", scripts: { start: line } }));
    const [command, ...rest] = [...words, "npm", "start", "--silent"];
    const options = { env: environment(place.server), stdio: ["ignore", "pipe", "pipe"], cwd: place.folder };
    const launched = new Child(t, spawnMarked(command, rest, options));
    await launched.says(/working \d+\n/);
    process.kill(words.length > 0 ? firstOf(launched) : launched.pid, "SIGTERM");
    await launched.says(/stopping/);
    await place.holdsIdleAfter(launched);
    assert.equal((await launched.ended).code, 143);
  });
}
