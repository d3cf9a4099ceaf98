import assert from "node:assert/strict";
import { test } from "node:test";

import { environmentOf } from "../../pkg/cli/run/environment.js";
import { readSettings } from "../../pkg/cli/settings.js";
import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { ORGANIZATION, run, TOKEN } from "./command-line.js";

const NAMES = [
  "COVEO_ORGANIZATION_ID",
  "COVEO_REGION",
  "COVEO_ENVIRONMENT",
  "COVEO_ENDPOINT",
  "COVEO_SOURCE_ID",
];

/** Returns the settings that a program sees, with the service's endpoint as `HERE`. */
async function seen(t, flags, env) {
  const sources = new Set(flags.filter((_, index) => flags[index - 1] === "--source"));
  const server = await startFaultServer(
    t,
    Array.from({ length: 2 * Math.max(1, sources.size) }, () => reply()),
  );
  const here = (text) => text?.replace("HERE", server.endpoint);
  const variables = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, here(value)]));
  const names = NAMES.map((name) => `${name}=\${${name}-unset}`);
  const script = `echo "${names.join(" ")}"`;
  const end = await run(t, ["run", "REBUILD", ...flags.map(here), "--", "sh", "-c", script], {
    env: { COVEO_ENDPOINT: undefined, ...variables },
  });
  assert.deepEqual([end.code, end.stderr], [0, ""]);
  const values = end.stdout
    .trim()
    .split(" ")
    .map((word) => word.split("="));
  return Object.fromEntries(values.map(([name, value]) => [name, value.replace(server.endpoint, "HERE")]));
}

const given = { COVEO_ORGANIZATION_ID: "own", COVEO_ENDPOINT: "HERE", COVEO_SOURCE_ID: "a" };
const untouched = { ...given, COVEO_REGION: "unset", COVEO_ENVIRONMENT: "unset" };

for (const [what, flags, env, change] of [
  ["no flag: nothing changes", [], {}, {}],
  ["a source by its flag", ["--source", "b"], {}, { COVEO_SOURCE_ID: "b" }],
  ["a source by its flag alone", ["--source", "b"], { COVEO_SOURCE_ID: undefined }, { COVEO_SOURCE_ID: "b" }],
  [
    "several sources: none is the source",
    ["--source", "a", "--source", "b"],
    {},
    { COVEO_SOURCE_ID: "unset" },
  ],
  ["one source twice is one", ["--source", "b", "--source", "b"], {}, { COVEO_SOURCE_ID: "b" }],
  ["an organization", ["--organization", "another"], {}, { COVEO_ORGANIZATION_ID: "another" }],
  [
    "an endpoint: a region and an environment contradict it",
    ["--endpoint", "HERE"],
    { COVEO_ENDPOINT: "http://127.0.0.1:1", COVEO_REGION: "eu", COVEO_ENVIRONMENT: "staging" },
    {},
  ],
  ["what is empty stays empty", ["--endpoint", "HERE"], { COVEO_REGION: "" }, { COVEO_REGION: "" }],
  [
    "--keep-env: nothing changes, whatever the flags",
    ["--keep-env", "--source", "b", "--organization", "another", "--endpoint", "HERE"],
    { COVEO_ENDPOINT: undefined, COVEO_REGION: "eu" },
    { COVEO_ENDPOINT: "unset", COVEO_REGION: "eu" },
  ],
]) {
  test(`what the program sees of ${what}`, async (t) => {
    assert.deepEqual(await seen(t, flags, { ...given, ...env }), { ...untouched, ...change });
  });
}

for (const [what, flags, env, change] of [
  [
    "a region: an endpoint contradicts it",
    { region: "eu" },
    { COVEO_ENDPOINT: "https://coveo.example" },
    { COVEO_REGION: "eu", COVEO_ENDPOINT: undefined },
  ],
  [
    "another region: an environment does not contradict it",
    { region: "eu" },
    { COVEO_REGION: "us", COVEO_ENVIRONMENT: "staging" },
    { COVEO_REGION: "eu" },
  ],
  ["an environment", { environment: "hipaa" }, {}, { COVEO_ENVIRONMENT: "hipaa" }],
]) {
  // No run could reach the hosts of these settings, so the environment is computed directly.
  test(`what the program would see of ${what}`, () => {
    const own = { COVEO_ORGANIZATION_ID: ORGANIZATION, COVEO_SOURCE_ID: "a", SOMETHING: "else", ...env };
    const task = { statusType: "REFRESH", sourceIds: ["a"], runId: "this-run" };
    const { PUSH_SOURCE_STATUS, PUSH_SOURCE_ID, PUSH_SOURCE_RUN, ...rest } = environmentOf(
      own,
      task,
      readSettings(flags, own),
    );
    assert.deepEqual([PUSH_SOURCE_STATUS, PUSH_SOURCE_ID, PUSH_SOURCE_RUN], ["REFRESH", "a", "this-run"]);
    const expected = Object.entries({ ...own, ...change }).filter(([, value]) => value !== undefined);
    assert.deepEqual(rest, Object.fromEntries(expected));
  });
}

test("the token, and all else, is as it was", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const script = 'echo "$COVEO_ACCESS_TOKEN" | wc -c; echo "$SOMETHING $PUSH_SOURCE_ID $PUSH_SOURCE_STATUS"';
  const args = ["run", "REBUILD", "--source", "a", "--organization", ORGANIZATION, "--", "sh", "-c", script];
  const { stdout } = await run(t, args, { server, env: { SOMETHING: "else" } });
  assert.equal(stdout.replace(/^\s+/, ""), `${TOKEN.length + 1}\nelse a REBUILD\n`);
});

test("ids that no variable can hold: 125 before anything is sent", async (t) => {
  const server = await startFaultServer(t, []);
  const sources = Array.from({ length: 520 }, (_, index) => [
    "--source",
    `${index}-`.padEnd(255, "s"),
  ]).flat();
  for (const more of [[], ["--dry-run"]]) {
    const { code, stdout, stderr } = await run(t, ["run", "REBUILD", ...sources, ...more, "--", "true"], {
      server,
    });
    assert.deepEqual([code, stdout], [125, ""]);
    assert.match(
      stderr,
      /^push-source-status: the ids of 520 sources are too long for the variable PUSH_SOURCE_ID/,
    );
  }
});
