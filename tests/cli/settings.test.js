import assert from "node:assert/strict";
import { test } from "node:test";

import { ORGANIZATION, run, SOURCE } from "./command-line.js";

/** Returns the URL of a dry run, or its exit code and its error. */
async function place(t, flags, env) {
  const args = ["set", "IDLE", "--dry-run", "--quiet", ...flags];
  const settings = { COVEO_ENDPOINT: undefined, COVEO_SOURCE_ID: "my-source", ...env };
  const { stdout, stderr, code } = await run(t, args, { env: settings });
  return code === 0 ? /POST (\S+)\?/.exec(stdout)[1] : `${code}: ${stderr.split("\n")[0]}`;
}

const path = `/organizations/${ORGANIZATION}/sources/my-source/status`;
const eu = "https://api-eu.cloud.coveo.com/push/v1";
const hipaa = "https://apihipaa.cloud.coveo.com/push/v1";
const own = "https://coveo.example/push/v1";

for (const [what, flags, env, expected] of [
  ["nothing", [], {}, `https://push.cloud.coveo.com/v1${path}`],
  ["a region by its variable", [], { COVEO_REGION: "eu" }, `${eu}${path}`],
  ["a region by its flag", ["--region", "eu"], {}, `${eu}${path}`],
  ["an environment by its variable", [], { COVEO_ENVIRONMENT: "hipaa" }, `${hipaa}${path}`],
  [
    "an environment by its flag",
    ["--environment", "hipaa"],
    { COVEO_ENVIRONMENT: "staging" },
    `${hipaa}${path}`,
  ],
  [
    "an environment by its flag, an endpoint by its variable",
    ["--environment", "hipaa"],
    { COVEO_ENDPOINT: own },
    `${hipaa}${path}`,
  ],
  [
    "a bad environment by its variable",
    [],
    { COVEO_ENVIRONMENT: "test" },
    /^2: .*environment "test" .*\(from COVEO_ENVIRONMENT\)$/,
  ],
  ["two regions: the flag wins", ["--region", "eu"], { COVEO_REGION: "au" }, `${eu}${path}`],
  ["an endpoint by its variable", [], { COVEO_ENDPOINT: own }, `${own}${path}`],
  [
    "an endpoint by its flag, a region by its variable",
    ["--endpoint", own],
    { COVEO_REGION: "eu" },
    `${own}${path}`,
  ],
  [
    "a region by its flag, an endpoint by its variable",
    ["--region", "eu"],
    { COVEO_ENDPOINT: own },
    `${eu}${path}`,
  ],
  ["empty variables", [], { COVEO_REGION: "", COVEO_ENDPOINT: "" }, `https://push.cloud.coveo.com/v1${path}`],
  ["an empty flag", ["--region", ""], { COVEO_REGION: "eu" }, `${eu}${path}`],
  [
    "another organization by its flag",
    ["--organization", "other"],
    {},
    /\/organizations\/other\/sources\/my-source\//,
  ],
  ["another source by its flag", ["--source", "other"], {}, /\/sources\/other\//],
  ["a flag with =", ["--region=eu"], {}, `${eu}${path}`],
  [
    "a bad region by its variable",
    [],
    { COVEO_REGION: "eu1" },
    /^2: .*region "eu1" .*\(from COVEO_REGION\)$/,
  ],
  ["a bad region by its flag", ["--region", "eu1"], {}, /^2: .*region "eu1" .*\(from --region\)$/],
  ["a bad endpoint", [], { COVEO_ENDPOINT: "http://coveo.example" }, /^2: .*\(from COVEO_ENDPOINT\)$/],
  [
    "plain http to another machine, as it is meant",
    ["--endpoint", "http://emulator:8080/push/v1", "--insecure-http"],
    {},
    `http://emulator:8080/push/v1${path}`,
  ],
  ["a bad organization", [], { COVEO_ORGANIZATION_ID: "a/b" }, /^2: .*\(from COVEO_ORGANIZATION_ID\)$/],
  ["a bad source", [], { COVEO_SOURCE_ID: "a/b" }, /^2: .*\(from COVEO_SOURCE_ID\)$/],
  ["no organization", [], { COVEO_ORGANIZATION_ID: "" }, /^2: .*no organization: set COVEO_ORGANIZATION_ID/],
  [
    "a region and an endpoint, both variables",
    [],
    { COVEO_REGION: "eu", COVEO_ENDPOINT: own },
    /^2: .*COVEO_REGION and COVEO_ENDPOINT exclude each other/,
  ],
  [
    "an environment and an endpoint, both variables",
    [],
    { COVEO_ENVIRONMENT: "hipaa", COVEO_ENDPOINT: own },
    /^2: .*COVEO_ENVIRONMENT and COVEO_ENDPOINT exclude each other/,
  ],
  [
    "a region and an endpoint, both flags",
    ["--region", "eu", "--endpoint", own],
    {},
    /^2: .*--region and --endpoint exclude each other/,
  ],
]) {
  test(`settings: ${what}`, async (t) => {
    const found = await place(t, flags, env);
    if (typeof expected === "string") assert.equal(found, expected);
    else assert.match(found, expected);
  });
}

test("an endpoint may end with a slash", async (t) => {
  assert.equal(
    await place(t, ["--endpoint", `${own}/`, "--source", SOURCE], {}),
    `${own}${path.replace("my-source", SOURCE)}`,
  );
});

for (const [command, args, code] of [
  ["set", ["IDLE"], 2],
  ["run", ["REBUILD", "--", "true"], 125],
]) {
  test(`${command} names all settings that are missing at once`, async (t) => {
    const env = { COVEO_ORGANIZATION_ID: "", COVEO_ACCESS_TOKEN: "" };
    const ended = await run(t, [command, ...args], { env });
    assert.deepEqual(
      [ended.code, ended.stdout, ended.stderr.split("\n")],
      [
        code,
        "",
        [
          "push-source-status: no organization: set COVEO_ORGANIZATION_ID, or give --organization ID",
          "push-source-status: no source: give --source ID, or set COVEO_SOURCE_ID",
          "push-source-status: no access token: set COVEO_ACCESS_TOKEN, or give --token-file FILE",
          `push-source-status ${command} --help says more`,
          "",
        ],
      ],
    );
  });
}

test("an endpoint with http beyond loopback: the hint names the flag", async (t) => {
  const words = ["set", "IDLE", "--source", "a", "--endpoint", "http://coveo.example/push/v1", "--dry-run"];
  const { code, stderr } = await run(t, words);
  assert.equal(code, 2);
  assert.match(stderr, /unless --insecure-http is given \(from --endpoint\)/);
  assert.doesNotMatch(stderr, /insecureHttp/);
  assert.equal((await run(t, [...words, "--insecure-http"])).code, 0);
});
