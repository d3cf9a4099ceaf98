import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { test } from "node:test";

import { fileJournal } from "push-source-status/journal";
import { until } from "../browser/patience.js";
import { logOf } from "../journal/service.js";
import { ELSEWHERE, killGroup, Night } from "./night.js";
import { containerOf, example, follow, settingsOf, variablesIn } from "./recipe.js";

const ORGANIZATION = { COVEO_ORGANIZATION_ID: "my-organization" };
const SILENCE = { code: 0, signal: null, stdout: "", stderr: "" };

/** Begins a night whose journal has the entry of a killed connector. */
async function aNight(t, options) {
  const night = await Night.begin(t);
  await night.killed("my-source", { env: ORGANIZATION, ...options });
  return night;
}

const cron = example("crontab");
const { PATH: _, ...cronVariables } = variablesIn(cron.split("\n"));

for (const [what, pattern] of [
  ["after a start of the machine", /^@reboot +(.*)$/m],
  ["every hour", /^30 \* \* \* \* +(.*)$/m],
]) {
  test(`cron: the line ${what} sets IDLE for what was killed, leaves what lives, and prints nothing`, async (t) => {
    const [, line] = pattern.exec(cron);
    const state = await Night.begin(t);
    // The user's journal is in a folder of this name.
    state.directory = join(dirname(state.directory), "push-source-status");
    await state.killed("my-source", { env: ORGANIZATION });
    const variables = { ...cronVariables, XDG_STATE_HOME: dirname(state.directory) };
    assert.deepEqual(await follow(t, line, variables, state.emulator).ended, SILENCE);
    assert.deepEqual(state.sent, ["my-source IDLE"]);
    await state.connector("my-source", { env: ORGANIZATION });
    const { code, ...said } = await follow(t, line, variables, state.emulator).ended;
    assert.deepEqual([code, said], [1, { signal: null, stdout: "", stderr: "" }]);
    assert.deepEqual(state.sent, ["my-source IDLE"]);
  });
}

test("systemd: what the unit does after its end sets IDLE for what was killed, and has the time for it", async (t) => {
  const night = await aNight(t);
  const of = settingsOf(example("connector.service"));
  const [line] = of("ExecStopPost");
  const variables = { ...variablesIn(of("Environment")), STATE_DIRECTORY: night.directory };
  assert.deepEqual(await follow(t, line, variables, night.emulator).ended, SILENCE);
  assert.deepEqual(night.sent, ["my-source IDLE"]);
  assert.deepEqual(await follow(t, line, variables, night.emulator).ended, SILENCE, "nothing to do");
  assert.deepEqual(of("StateDirectory"), ["connector"]);
  const [, seconds] = /--timeout (\d+)s/.exec(line);
  assert.ok(Number(seconds) < Number(of("TimeoutStopSec")[0]));
});

/** Starts a recipe's run with a program that does not end, and kills all of it. */
async function kill(t, line, variables, night) {
  const run = follow(
    t,
    line.replace(/ -- .*/, " -- sh -c 'echo started; exec sleep 600'"),
    variables,
    night.emulator,
  );
  await run.says(/started/);
  // The program may print this before the journal has its group.
  const group = await until("its group is in the journal", async () => {
    const [entry] = await fileJournal({ directory: night.directory }).entries();
    return entry.ownedBy.group;
  });
  for (const id of [run.pid, group]) killGroup(id);
  await run.ended;
  await until("it is gone", async () => (await night.entries())[0] === "my-source gone");
}

test("systemd: a run that is killed with all that it has started: the unit sets IDLE afterwards", async (t) => {
  const night = await Night.begin(t);
  const of = settingsOf(example("connector.service"));
  const variables = { ...variablesIn(of("Environment")), STATE_DIRECTORY: night.directory };
  await kill(t, of("ExecStart")[0], variables, night);
  assert.deepEqual(await follow(t, of("ExecStopPost")[0], variables, night.emulator).ended, SILENCE);
  assert.deepEqual(logOf(night.emulator, "my-source"), ["REBUILD completed"]);
});

for (const [what, change, code, sent] of [
  ["what a killed pod has left is ended first", (line) => line, 3, ["IDLE", "REBUILD", "IDLE"]],
  ["without an owner nobody can tell, and the next pod does not begin", withoutOwner, 73, []],
]) {
  test(`Kubernetes: ${what}`, async (t) => {
    const night = await Night.begin(t);
    const { line, variables } = containerOf(example("kubernetes.yaml"));
    const own = { ...variables, PUSH_SOURCE_STATUS_JOURNAL: night.directory };
    await kill(t, change(line), own, night);
    night.rewrite("my-source", ELSEWHERE);
    assert.equal((await follow(t, change(line), own, night.emulator).ended).code, code);
    assert.deepEqual(
      night.emulator.requests.slice(1).map(({ statusType }) => statusType),
      sent,
    );
  });
}

function withoutOwner(line) {
  return line.replace(" --owner my-source", "");
}

const container = (night) => ({
  ...ORGANIZATION,
  COVEO_REGION: "eu",
  COVEO_SOURCE_ID: "my-source",
  COVEO_ACCESS_TOKEN: "a-token-of-a-container",
  PUSH_SOURCE_STATUS_JOURNAL: night.directory,
});
const START = `sh ${JSON.stringify(new URL("../../examples/container-start.sh", import.meta.url).pathname)}`;

test("a container's first step: IDLE for what an earlier container has left, then the connector itself", async (t) => {
  const night = await aNight(t, { owner: "my-source" });
  night.rewrite("my-source", ELSEWHERE);
  const end = await follow(t, `${START} sh -c 'echo started $$; exit 3'`, container(night), night.emulator)
    .ended;
  assert.equal(end.code, 3);
  assert.match(end.stdout, /^my-source: set to IDLE; .*\nstarted \d+\n$/);
  assert.deepEqual(night.sent, ["my-source IDLE"]);
});

test("a container's first step: without an owner in the record it says why it leaves it, and goes on", async (t) => {
  const night = await aNight(t);
  night.rewrite("my-source", ELSEWHERE);
  const end = await follow(t, `${START} echo started`, container(night), night.emulator).ended;
  assert.deepEqual([end.code, end.stdout], [0, "started\n"]);
  assert.match(end.stderr, /my-source: .* remains: its owner is unknown: /);
  assert.deepEqual(night.sent, []);
});

test("Task Scheduler: the task's command runs as it stands", async (t) => {
  const night = await aNight(t);
  const [, task] = /\/tr "cmd \/c (.*)"$/m.exec(example("recover-at-log-on.cmd"));
  assert.ok(`cmd /c ${task}`.length < 262, "schtasks takes no more");
  const line = task.replace("--region eu", "").replace("C:\\coveo\\token", "/etc/coveo/token");
  const variables = {
    COVEO_REGION: "eu",
    COVEO_ORGANIZATION_ID: undefined,
    PUSH_SOURCE_STATUS_JOURNAL: night.directory,
  };
  assert.deepEqual(await follow(t, line, variables, night.emulator).ended, SILENCE);
  assert.deepEqual(night.sent, ["my-source IDLE"]);
});
