import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { around, ORGANIZATION, run, SOURCE, start, statusesOf, TOKEN } from "./command-line.js";

const folder = mkdtempSync(join(tmpdir(), "push-source-status-token-"));
after(() => rmSync(folder, { recursive: true }));

const setIdle = ["set", "IDLE", "--source", SOURCE];
const withoutVariable = { COVEO_ACCESS_TOKEN: undefined };
const unauthenticated = reply({ status: 401, body: '{"errorCode":"INVALID_TOKEN","message":"expired"}' });

function tokenFile(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Returns the tokens that came, in order. */
function tokensAt(server) {
  return server.requests.map((entry) => entry.header("authorization").replace("Bearer ", ""));
}

for (const [what, content] of Object.entries({
  nothing: "",
  "a newline": "\n",
  "a newline of Windows": "\r\n",
  "a blank, and two newlines": " \n\n",
})) {
  test(`a token file that ends with ${what}`, async (t) => {
    const server = await startFaultServer(t, [reply()]);
    const file = tokenFile("ending", TOKEN + content);
    const end = await run(t, [...setIdle, "--token-file", file], { server, env: withoutVariable });
    assert.equal(end.code, 0, end.stderr);
    assert.deepEqual(tokensAt(server), [TOKEN]);
  });

  test(`a token from standard input that ends with ${what}, and one from a variable`, async (t) => {
    const server = await startFaultServer(t, [reply(), reply()]);
    const input = TOKEN + content;
    const options = { server, env: withoutVariable, input };
    assert.equal((await run(t, [...setIdle, "--token-file", "-"], options)).code, 0);
    assert.equal((await run(t, setIdle, { server, env: { COVEO_ACCESS_TOKEN: input } })).code, 0);
    assert.deepEqual(tokensAt(server), [TOKEN, TOKEN]);
  });
}

test("a token file with a byte order mark, and settings that end with a carriage return", async (t) => {
  const server = await startFaultServer(t, [reply()]);
  const file = tokenFile("marked", `\ufeff${TOKEN}\r\n`);
  const env = {
    ...withoutVariable,
    COVEO_ENDPOINT: `${server.endpoint}\r`,
    COVEO_ORGANIZATION_ID: `${ORGANIZATION}\r`,
  };
  const end = await run(t, [...setIdle, "--token-file", file], { server, env });
  assert.equal(end.code, 0, end.stderr);
  assert.deepEqual(tokensAt(server), [TOKEN]);
});

test("a token file is read again after a 401, and the run goes on with what it holds by then", async (t) => {
  const renewed = `${TOKEN}-renewed`;
  const server = await startFaultServer(t, [reply(), unauthenticated, reply()]);
  const file = tokenFile("renewed", `${TOKEN}\n`);
  const script = `printf '%s\\n' '${renewed}' > '${file}'`;
  const end = await run(t, around(script, "--token-file", file), { server, env: withoutVariable });
  assert.deepEqual(end, { code: 0, signal: null, stdout: "", stderr: "" });
  assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE", "IDLE"]);
  assert.deepEqual(tokensAt(server), [TOKEN, TOKEN, renewed]);
});

for (const [what, script] of Object.entries({
  "the same token": "true",
  nothing: "> $FILE",
  "no file at all": "rm $FILE",
})) {
  test(`a 401, and then there is ${what} in the token file: the service's refusal is told`, async (t) => {
    const server = await startFaultServer(t, [reply(), unauthenticated]);
    const file = tokenFile("gone", TOKEN);
    const env = { ...withoutVariable, FILE: file };
    const flags = ["--token-file", file, "--close-timeout", "0.3"];
    const end = await run(t, around(script, ...flags), { server, env });
    assert.equal(end.code, 75);
    assert.match(end.stderr, /401 INVALID_TOKEN/);
  });
}

test("a token file wins over the variables, and COVEO_API_KEY is as good as COVEO_ACCESS_TOKEN", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const file = tokenFile("wins", "token-of-the-file");
  assert.equal((await run(t, [...setIdle, "--token-file", file], { server })).code, 0);
  const env = { COVEO_ACCESS_TOKEN: "", COVEO_API_KEY: "token-of-the-key" };
  assert.equal((await run(t, setIdle, { server, env })).code, 0);
  assert.deepEqual(tokensAt(server), ["token-of-the-file", "token-of-the-key"]);
});

test("both variables, and different: a warning that shows neither; the same: none", async (t) => {
  const server = await startFaultServer(t, [reply(), reply(), reply(), reply()]);
  const other = "another-token-altogether";
  for (const args of [setIdle, around("true")]) {
    const end = await run(t, args, { server, env: { COVEO_API_KEY: other } });
    assert.equal(end.code, 0);
    assert.match(
      end.stderr,
      /^push-source-status: COVEO_ACCESS_TOKEN and COVEO_API_KEY are both set, and differ/,
    );
    assert.ok(!end.stderr.includes(other));
  }
  assert.equal((await run(t, setIdle, { server, env: { COVEO_API_KEY: `${TOKEN}\n` } })).stderr, "");
  assert.deepEqual(new Set(tokensAt(server)), new Set([TOKEN]));
});

for (const [what, env, args, says] of [
  ["no token", withoutVariable, setIdle, /no access token: set COVEO_ACCESS_TOKEN, or give --token-file/],
  [
    "two words in a variable",
    { COVEO_ACCESS_TOKEN: `Bearer ${TOKEN}` },
    setIdle,
    /\(from COVEO_ACCESS_TOKEN\)/,
  ],
  [
    "an empty file",
    withoutVariable,
    [...setIdle, "--token-file", tokenFile("empty", "\n")],
    /\(from --token-file /,
  ],
  ["a missing file", {}, [...setIdle, "--token-file", "/no/such/file"], /cannot be read \(ENOENT\)/],
  [
    "standard input for two",
    {},
    ["set", "IDLE", "--sources-file", "-", "--token-file", "-"],
    /read by --sources-file/,
  ],
]) {
  test(`${what}: 2, nothing is sent, and where it came from is told`, async (t) => {
    const server = await startFaultServer(t, []);
    const end = await run(t, args, { server, env, input: `${SOURCE}\n` });
    assert.equal(end.code, 2, end.stderr);
    assert.match(end.stderr, says);
  });
}

for (const flag of ["--token", "--access-token", "--api-key"]) {
  test(`${flag} is refused with the reason, and its value is not repeated`, async (t) => {
    for (const words of [[flag, TOKEN], [`${flag}=${TOKEN}`]]) {
      // The token is not in the environment, which would already make it known as a text to mask.
      const end = await run(t, [...setIdle, ...words], { env: withoutVariable });
      assert.equal(end.code, 2);
      assert.match(end.stderr, /could read the token in ps; put it into COVEO_ACCESS_TOKEN/);
    }
  });
}

test("a token in the wrong place is masked in what is said of it", async (t) => {
  for (const words of [
    ["set", TOKEN],
    ["set", "IDLE", TOKEN],
    ["set", "IDLE", "--source", `${TOKEN}/`],
    [TOKEN],
    ["set", "IDLE", "--source", SOURCE, "--endpoint", `https://${TOKEN}/`, "--dry-run"],
    ["set", "IDLE", "--source", TOKEN, "--dry-run"],
  ]) {
    const end = await run(t, words, { env: { COVEO_SOURCE_ID: SOURCE } });
    assert.match(end.stdout + end.stderr, /\*\*\*\*/, words.join(" "));
  }
});

test("the service that repeats the token in its answer shows it to nobody", async (t) => {
  const body = JSON.stringify({ errorCode: "ACCESS_DENIED", message: `the key ${TOKEN} may not` });
  const server = await startFaultServer(t, [reply({ status: 403, body }), reply({ status: 403, body })]);
  assert.equal((await run(t, setIdle, { server })).code, 1);
  assert.equal((await run(t, [...setIdle, "--json"], { server })).code, 1);
});

describe("other people of the machine", {
  skip: !existsSync("/proc/self/environ") && "there is no /proc",
}, () => {
  // Not the sample token, which other tests have in their environments.
  const secret = `secret-of-this-test-${process.pid}`;

  test("a token from a file is in no command line and in no environment", async (t) => {
    const server = await startFaultServer(t, [reply(), reply()]);
    const args = around("echo ready; exec sleep 30", "--token-file", tokenFile("secret", secret));
    const command = start(t, args, { server, env: withoutVariable, secret });
    await command.says(/ready/);
    assert.deepEqual(holders(secret), []);
    command.signal("SIGTERM");
    assert.equal((await command.ended).code, 143);
  });

  test("a token from a variable is in no command line, and in the program's own environment alone", async (t) => {
    const server = await startFaultServer(t, [reply(), reply()]);
    const args = around("echo ready $$; exec sleep 30");
    const command = start(t, args, { server, env: { COVEO_ACCESS_TOKEN: secret }, secret });
    await command.says(/ready \d+\n/);
    const [, program] = /ready (\d+)/.exec(command.stdout);
    // The shell turns into another program, and has no environment for an instant.
    while (!contentOf(`/proc/${program}/environ`).includes(secret)) await sleep(10);
    assert.deepEqual(holders(secret), [`${command.pid}/environ`, `${program}/environ`].toSorted());
    command.signal("SIGTERM");
    assert.equal((await command.ended).code, 143);
  });
});

/** Returns the places in /proc where a text can be read. */
function holders(text) {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const places = pids.flatMap((pid) => [`${pid}/cmdline`, `${pid}/environ`]);
  return places.filter((place) => contentOf(`/proc/${place}`).includes(text)).toSorted();
}

/** Returns the content of a file, or nothing if its process has ended or belongs to somebody else. */
function contentOf(path) {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
