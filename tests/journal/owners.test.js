import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { fileJournal } from "push-source-status/journal";
import { until } from "../browser/patience.js";
import { killedKeeper, startKeeper } from "./keeper.js";
import { lifeFrom, lifeIn, noProc, rewrite } from "./life.js";
import { entryOf, temporaryFolder } from "./sample.js";

/** Runs a command in a new namespace of pids, with its own /proc. */
const ownNamespace = (command) => ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc", ...command];
const noNamespaces =
  spawnSync("unshare", ownNamespace(["true"]).slice(1)).status !== 0 && "unshare is not allowed";

/** Finds the process in the new namespace: the child of `unshare`. */
function insideOf({ child: { pid } }) {
  const [inside] = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ");
  return inside;
}

test("a process that runs, or is stopped, is live; one that was killed is gone", async (t) => {
  const directory = temporaryFolder(t);
  const { child, ended } = await startKeeper(t, { directory });
  assert.equal(await lifeIn(directory), "live");
  child.kill("SIGSTOP");
  if (!noProc) await until("its state", () => / T /.test(readFileSync(`/proc/${child.pid}/stat`, "latin1")));
  assert.equal(await lifeIn(directory), "live");
  child.kill("SIGKILL");
  await ended;
  assert.equal(await lifeIn(directory), "gone");
});

test("a process that nobody has reaped is gone", { skip: noProc }, async (t) => {
  const directory = temporaryFolder(t);
  // The shell becomes a program that waits for no child.
  const asOrphan = (command) => ["sh", "-c", '"$@" & exec sleep 600', "sh", ...command];
  const { pid } = await startKeeper(t, { directory }, asOrphan);
  assert.equal(await lifeIn(directory), "live");
  process.kill(pid, "SIGKILL");
  await until("its state", () => / Z /.test(readFileSync(`/proc/${pid}/stat`, "latin1")));
  assert.equal(await lifeIn(directory), "gone");
});

test("another process with the same pid is not the owner", async (t) => {
  const directory = temporaryFolder(t);
  const { pid } = await startKeeper(t, { directory });
  rewrite(directory, (owner) => {
    assert.equal(owner.pid, pid);
    owner.startedAt = "another start";
  });
  assert.equal(await lifeIn(directory), "gone");
});

test("the owner is gone once the machine has started since, whoever has its pid now", async (t) => {
  const directory = temporaryFolder(t);
  fileJournal({ directory }).opened([entryOf("source")]);
  assert.equal(await lifeIn(directory), "live");
  rewrite(directory, (owner) => {
    assert.match(owner.boot, /^[0-9a-fA-F-]{36}$/);
    owner.boot = "5af0bca1-0000-4000-8000-000000000000";
  });
  assert.equal(await lifeIn(directory), "gone");
});

for (const [what, change] of [
  ["another host", { host: "another", boot: "another" }],
  ["another machine of the same name", { machine: "another", boot: "another" }],
  ["another host that has no boot id", { host: "another", boot: null }],
  ["another namespace", { namespace: "pid:[1]" }],
]) {
  test(`an owner of ${what} cannot be judged, unless one name was given to both`, async (t) => {
    const directory = temporaryFolder(t);
    const named = temporaryFolder(t);
    await startKeeper(t, { directory });
    await killedKeeper(t, { directory: named, owner: "nightly" });
    for (const folder of [directory, named]) rewrite(folder, (owner) => Object.assign(owner, change));
    assert.equal(await lifeIn(directory), "unknown");
    assert.equal(await lifeIn(directory, { owner: "nightly" }), "unknown");
    assert.equal(await lifeIn(named), "unknown");
    assert.equal(await lifeIn(named, { owner: "hourly" }), "unknown");
    assert.equal(await lifeIn(named, { owner: "nightly" }), "gone");
  });
}

test("a host that was given another name while it ran is the same", async (t) => {
  const directory = temporaryFolder(t);
  const keeper = await startKeeper(t, { directory });
  rewrite(directory, (owner) => Object.assign(owner, { host: "another", machine: null }));
  assert.equal(await lifeIn(directory), "live");
  keeper.child.kill("SIGKILL");
  await keeper.ended;
  assert.equal(await lifeIn(directory), "gone");
});

test("where processes can be compared, a name changes nothing", async (t) => {
  const directory = temporaryFolder(t);
  const { child, ended } = await startKeeper(t, { directory, owner: "nightly" });
  assert.equal(await lifeIn(directory, { owner: "nightly" }), "live");
  child.kill("SIGKILL");
  await ended;
  assert.equal(await lifeIn(directory, { owner: "hourly" }), "gone");
});

test("a real namespace: unknown from outside, known inside, and the name decides for the next one", {
  skip: noNamespaces,
}, async (t) => {
  const directory = temporaryFolder(t);
  const keeper = await startKeeper(t, { directory, owner: "nightly" }, ownNamespace);
  assert.ok(keeper.pid < 10, `pid ${keeper.pid} is one of a new namespace`);
  assert.equal(await lifeIn(directory), "unknown");
  const inside = insideOf(keeper);
  assert.equal(lifeFrom(["nsenter", "--pid", "--mount", "--target", inside], { directory }), "live");
  assert.equal(lifeFrom(ownNamespace([]), { directory }), "unknown");
  assert.equal(lifeFrom(ownNamespace([]), { directory, owner: "nightly" }), "gone");
});

/** A keeper with a program, in a namespace whose first process reaps the keeper, and nobody else. */
async function startInNamespace(t, directory, options, enter) {
  const first = ["sh", "-c", '"$@"; exec sleep 600', "sh"];
  const within = (command) => [
    "unshare",
    "--pid",
    "--fork",
    "--kill-child",
    ...options,
    ...first,
    ...command,
  ];
  const keeper = await startKeeper(t, { directory, program: ["sleep", "600"] }, within);
  const inside = ["nsenter", "--pid", ...enter, "--target", insideOf(keeper)];
  const kill = (signal, id) => {
    const { status } = spawnSync(inside[0], [...inside.slice(1), "sh", "-c", `kill -s ${signal} -- ${id}`]);
    return status === 0;
  };
  return {
    inside,
    async killKeeper() {
      kill("KILL", keeper.pid);
      await until("it is reaped", () => !kill("0", keeper.pid));
    },
    killProgram: () => kill("KILL", -keeper.group),
  };
}

test("a namespace without its own /proc: nobody else's start is the owner's, and a group that is there is live", {
  skip: noNamespaces,
}, async (t) => {
  const directory = temporaryFolder(t);
  const { inside, killKeeper } = await startInNamespace(t, directory, [], []);
  rewrite(directory, ({ startedAt, group }) => assert.deepEqual([startedAt, group.startedAt], [null, null]));
  assert.equal(await lifeIn(directory), "unknown");
  await killKeeper();
  assert.equal(lifeFrom(inside, { directory }), "live");
});

test("a namespace in which nobody reaps: a group of zombies is gone", { skip: noNamespaces }, async (t) => {
  const directory = temporaryFolder(t);
  const { inside, killKeeper, killProgram } = await startInNamespace(
    t,
    directory,
    ["--mount-proc"],
    ["--mount"],
  );
  await killKeeper();
  assert.equal(lifeFrom(inside, { directory }), "live");
  assert.ok(killProgram());
  await until("it is gone", () => lifeFrom(inside, { directory }) === "gone");
  assert.ok(killProgram(), "the zombies are still there");
});
