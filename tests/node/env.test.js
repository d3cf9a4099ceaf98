import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { clientFromEnv } from "push-source-status/env";
import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { StatusError } from "./package.js";
import { runProgram } from "./program.js";
import { ORGANIZATION, SOURCE, TOKEN } from "./sample.js";

const folder = mkdtempSync(join(tmpdir(), "push-source-status-env-"));
after(() => rmSync(folder, { recursive: true }));

const env = { COVEO_ORGANIZATION_ID: ORGANIZATION, COVEO_ACCESS_TOKEN: TOKEN };
const own = "https://coveo.example/push/v1";

function fileOf(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Returns the part of the address before the organization. */
function endpointOf(options) {
  const { url } = clientFromEnv(options).request(SOURCE, "IDLE");
  return url.slice(0, url.indexOf(`/organizations/`));
}

for (const [what, more, options, expected] of [
  ["nothing", {}, {}, "https://push.cloud.coveo.com/v1"],
  ["a region", { COVEO_REGION: "eu" }, {}, "https://api-eu.cloud.coveo.com/push/v1"],
  ["an environment", { COVEO_ENVIRONMENT: "hipaa" }, {}, "https://apihipaa.cloud.coveo.com/push/v1"],
  ["an endpoint", { COVEO_ENDPOINT: own }, {}, own],
  [
    "empty variables",
    { COVEO_REGION: "", COVEO_ENVIRONMENT: "", COVEO_ENDPOINT: "" },
    {},
    "https://push.cloud.coveo.com/v1",
  ],
  [
    "an option wins over its variable",
    { COVEO_REGION: "eu" },
    { region: "au" },
    "https://api-au.cloud.coveo.com/push/v1",
  ],
  [
    "undefined counts as not given",
    { COVEO_REGION: "eu" },
    { region: undefined },
    "https://api-eu.cloud.coveo.com/push/v1",
  ],
  [
    "a region given, an endpoint set",
    { COVEO_ENDPOINT: own },
    { region: "eu" },
    "https://api-eu.cloud.coveo.com/push/v1",
  ],
  [
    "an endpoint given, the others set",
    { COVEO_REGION: "eu", COVEO_ENVIRONMENT: "hipaa" },
    { endpoint: own },
    own,
  ],
]) {
  test(`env: ${what}`, () => {
    assert.equal(endpointOf({ env: { ...env, ...more }, ...options }), expected);
  });
}

test("env: the organization is the variable's, or the option's", () => {
  const organizationOf = (options) =>
    clientFromEnv(options)
      .request(SOURCE, "IDLE")
      .url.match(/organizations\/([^/]+)/)[1];
  assert.equal(organizationOf({ env }), ORGANIZATION);
  assert.equal(organizationOf({ env, organizationId: "another" }), "another");
  assert.equal(organizationOf({ env: { COVEO_ACCESS_TOKEN: TOKEN }, organizationId: "another" }), "another");
});

for (const [what, more, options, argument, says] of [
  [
    "no organization",
    { COVEO_ORGANIZATION_ID: "" },
    {},
    "organizationId",
    /^no organization: set COVEO_ORGANIZATION_ID, or give organizationId$/,
  ],
  [
    "no token",
    { COVEO_ACCESS_TOKEN: "" },
    {},
    "accessToken",
    /^no access token: set COVEO_ACCESS_TOKEN, or give tokenFile$/,
  ],
  [
    "nothing",
    { COVEO_ORGANIZATION_ID: "", COVEO_ACCESS_TOKEN: "" },
    {},
    "organizationId",
    /^no organization: set COVEO_ORGANIZATION_ID, or give organizationId; no access token: set COVEO_ACCESS_TOKEN, or give tokenFile$/,
  ],
  ["a bad region", { COVEO_REGION: "eu1" }, {}, "region", /^region "eu1" .*\(from COVEO_REGION\)$/],
  [
    "a bad environment",
    { COVEO_ENVIRONMENT: "test" },
    {},
    "environment",
    /^environment "test" .*\(from COVEO_ENVIRONMENT\)$/,
  ],
  ["a bad endpoint", { COVEO_ENDPOINT: "http://coveo.example" }, {}, "endpoint", /\(from COVEO_ENDPOINT\)$/],
  [
    "a bad organization",
    { COVEO_ORGANIZATION_ID: "a/b" },
    {},
    "organizationId",
    /\(from COVEO_ORGANIZATION_ID\)$/,
  ],
  [
    "a bad token",
    { COVEO_ACCESS_TOKEN: `Bearer ${TOKEN}` },
    {},
    "accessToken",
    /\(from COVEO_ACCESS_TOKEN\)$/,
  ],
  [
    "a bad key",
    { COVEO_ACCESS_TOKEN: "", COVEO_API_KEY: `Bearer ${TOKEN}` },
    {},
    "accessToken",
    /\(from COVEO_API_KEY\)$/,
  ],
  [
    "a region and an endpoint",
    { COVEO_REGION: "eu", COVEO_ENDPOINT: own },
    {},
    "endpoint",
    /^COVEO_REGION and COVEO_ENDPOINT exclude each other/,
  ],
  [
    "an environment and an endpoint",
    { COVEO_ENVIRONMENT: "hipaa", COVEO_ENDPOINT: own },
    {},
    "endpoint",
    /^COVEO_ENVIRONMENT and COVEO_ENDPOINT exclude each other/,
  ],
  [
    "a missing file",
    {},
    { tokenFile: "/no/such/file" },
    "accessToken",
    /^the token file \/no\/such\/file cannot be read \(ENOENT\)/,
  ],
  ["an empty file", {}, { tokenFile: fileOf("empty", "\n") }, "accessToken", /\(from tokenFile .*empty\)$/],
  [
    "a token and a file",
    {},
    { tokenFile: "/no/such/file", accessToken: TOKEN },
    "accessToken",
    /exclude each other/,
  ],
  ["a bad option", {}, { region: "eu1" }, "region", /^region "eu1" is not known; use us, ca, eu or au$/],
  ["an unknown option", {}, { tokenfile: "x" }, "tokenfile", /"tokenfile" is not an option/],
]) {
  test(`env: ${what} is an invalid argument`, () => {
    assert.throws(
      () => clientFromEnv({ env: { ...env, ...more }, ...options }),
      (error) => {
        assert.ok(error instanceof StatusError);
        assert.deepEqual(
          [error.code, error.argument, error.attempts, error.outcome],
          ["invalid_argument", argument, 0, "not_applied"],
        );
        assert.match(error.message, says);
        assert.ok(!error.message.includes(TOKEN));
        return true;
      },
    );
  });
}

test("env: COVEO_ACCESS_TOKEN comes before COVEO_API_KEY, and a newline at its end does not count", async (t) => {
  const server = await startFaultServer(t, [reply(), reply(), reply()]);
  const { COVEO_ORGANIZATION_ID } = env;
  for (const tokens of [
    { COVEO_ACCESS_TOKEN: `${TOKEN}\n`, COVEO_API_KEY: TOKEN },
    { COVEO_API_KEY: `${TOKEN}\r\n` },
    { COVEO_ACCESS_TOKEN: "", COVEO_API_KEY: TOKEN },
  ]) {
    const client = clientFromEnv({ env: { COVEO_ORGANIZATION_ID, ...tokens }, endpoint: server.endpoint });
    await client.setStatus(SOURCE, "IDLE");
  }
  assert.deepEqual(
    server.requests.map((request) => request.header("authorization")),
    [`Bearer ${TOKEN}`, `Bearer ${TOKEN}`, `Bearer ${TOKEN}`],
  );
});

test("env: the token file wins, is read again after a 401, and is asked no more than that", async (t) => {
  const server = await startFaultServer(t, [reply(), reply({ status: 401 }), reply(), reply()]);
  const tokenFile = fileOf("token", "the-first-token\n");
  const client = clientFromEnv({ env, endpoint: server.endpoint, tokenFile });
  await client.setStatus(SOURCE, "REBUILD");
  writeFileSync(tokenFile, "the-second-token\n");
  await client.setStatus(SOURCE, "IDLE");
  writeFileSync(tokenFile, "the-third-token\n");
  await client.setStatus(SOURCE, "IDLE");
  assert.deepEqual(
    server.requests.map((request) => request.header("authorization").replace("Bearer ", "")),
    ["the-first-token", "the-first-token", "the-second-token", "the-second-token"],
  );
});

test("env: options go to the client", async (t) => {
  const server = await startFaultServer(t, [reply({ status: 500 })]);
  const events = [];
  const client = clientFromEnv({
    env,
    endpoint: server.endpoint,
    accessToken: async () => "from-a-function",
    retry: { attempts: 1 },
    onEvent: ({ type }) => events.push(type),
  });
  await assert.rejects(client.setStatus(SOURCE, "IDLE"), { code: "unavailable", attempts: 1 });
  assert.equal(server.requests[0].header("authorization"), "Bearer from-a-function");
  assert.deepEqual(events, ["attempt", "reply", "failed"]);
});

test("env: without options it reads this process's variables, and warns of two tokens without showing either", async (t) => {
  const other = "another-token-altogether";
  const { code, stdout, stderr } = await runProgram(
    t,
    `const { clientFromEnv } = await import("push-source-status/env");
    console.log(clientFromEnv().request("my-source", "IDLE").url);`,
    {
      env: {
        ...env,
        COVEO_API_KEY: other,
        COVEO_REGION: "eu",
        COVEO_ENDPOINT: "",
        COVEO_ENVIRONMENT: "",
      },
    },
  );
  assert.equal(code, 0, stderr);
  assert.equal(
    stdout.trim(),
    `https://api-eu.cloud.coveo.com/push/v1/organizations/${ORGANIZATION}/sources/my-source/status?statusType=IDLE`,
  );
  assert.match(
    stderr,
    /PushSourceStatusWarning: COVEO_ACCESS_TOKEN and COVEO_API_KEY are both set, and differ/,
  );
  assert.ok(!stderr.includes(TOKEN) && !stderr.includes(other));
});

for (const [what, options, hint] of [
  [
    "nothing",
    { env: {} },
    "set COVEO_ORGANIZATION_ID, or give organizationId; set COVEO_ACCESS_TOKEN, or give tokenFile",
  ],
  ["a missing file", { env, tokenFile: "/no/such/file" }, "check its path and its mode"],
  ["a token and a file", { env, tokenFile: "a", accessToken: TOKEN }, "leave one of them out"],
  [
    "a region and an endpoint",
    { env: { ...env, COVEO_REGION: "eu", COVEO_ENDPOINT: own } },
    "leave one of them out",
  ],
  ["a bad region", { env: { ...env, COVEO_REGION: "eu1" } }, "use us, ca, eu or au"],
]) {
  test(`env: the error of ${what} has the remedy as its hint`, () => {
    assert.throws(
      () => clientFromEnv(options),
      (error) => {
        assert.equal(error.hint, hint);
        return true;
      },
    );
  });
}
