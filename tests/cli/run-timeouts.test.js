import assert from "node:assert/strict";
import { test } from "node:test";

import { forever } from "../faults/script.js";
import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { around, run, SOURCE, start, statusesOf } from "./command-line.js";

const unavailable = reply({ status: 503 });
const throttled = (seconds) => reply({ status: 429, headers: { "retry-after": `${seconds}` } });

/** More failures than the library's client accepts. */
const MANY = 8;
const many = (step) => Array.from({ length: MANY }, () => step);

/**
 * Failures that come at once and allow a retry at once, because these tests are not about the delays between attempts.
 */
const blip = many(reply({ status: 503, headers: { "retry-after": "0" } }));

test("an outage at the start is outlasted, whatever the number of attempts", async (t) => {
  const server = await startFaultServer(t, [...blip, reply(), reply()]);
  const end = await run(t, around("echo started"), { server });
  assert.deepEqual(end, { code: 0, signal: null, stdout: "started\n", stderr: "" });
  assert.equal(server.requests.length, MANY + 2);
});

test("--activation-timeout: no attempt after it, and its flag is what is told", async (t) => {
  const server = await startFaultServer(t, [forever(unavailable)]);
  const flags = ["--activation-timeout", "1"];
  const end = await run(t, around("echo started", ...flags), { server });
  assert.deepEqual([end.code, end.stdout], [125, ""]);
  assert.match(end.stderr, /^push-source-status: the program was not started: /);
  assert.ok(server.requests.length > 1);
  assert.ok(server.requests.at(-1).at - server.requests[0].at <= 1000);
  assert.doesNotMatch(end.stderr, /totalTimeoutMs/);
});

test("--close-timeout: IDLE is tried until then, and no longer", async (t) => {
  const server = await startFaultServer(t, [reply(), forever(unavailable)]);
  const end = await run(t, around("true", "--close-timeout", "1"), { server });
  assert.equal(end.code, 75);
  assert.ok(server.requests.length > 2);
  assert.ok(server.requests.at(-1).at - server.requests[1].at <= 1000);
  assert.match(end.stderr, new RegExp(`\\npush-source-status: LEFT ACTIVE: ${SOURCE}: `));
});

test("a Retry-After that fits is waited out, and one that does not is told", async (t) => {
  const server = await startFaultServer(t, [throttled(1), reply(), throttled(1), reply(), throttled(100)]);
  assert.equal((await run(t, around("true"), { server })).code, 0);
  for (const n of [1, 3]) assert.ok(server.gap(n, n + 1) >= 999, `${server.gap(n, n + 1)} ms`);
  const end = await run(t, around("echo started"), { server });
  assert.deepEqual([end.code, end.stdout], [125, ""]);
  assert.match(end.stderr, /429.*; the service asked to wait \d{3} s\n$/);
});

test("a Retry-After on IDLE that does not fit is told too", async (t) => {
  const server = await startFaultServer(t, [reply(), throttled(100)]);
  const end = await run(t, around("true"), { server });
  assert.equal(end.code, 75);
  assert.match(end.stderr, /429.*; the service asked to wait \d{3} s\n.*LEFT ACTIVE/);
});

for (const [flags, seconds, outcome] of [
  [[], 30, "waits"],
  [["--on-activation-failure", "continue"], 30, "goes on"],
  [["--on-activation-failure", "continue", "--activation-timeout", "60s"], 30, "waits"],
  [["--activation-timeout", "10s"], 30, "fails"],
]) {
  test(`${flags.join(" ") || "without a flag"}: when the service asks for ${seconds} s it ${outcome}`, async (t) => {
    const waits = outcome === "waits";
    const steps = {
      waits: [throttled(seconds)],
      "goes on": [throttled(seconds)],
      fails: [throttled(seconds)],
    };
    const server = await startFaultServer(t, steps[outcome]);
    const command = start(t, around("echo started", "--json", ...flags), { server });
    if (waits) {
      await command.says(/"type":"retry"/);
      command.signal("SIGTERM");
    }
    const { code, stdout } = await command.ended;
    const expected = { waits: [143, ""], "goes on": [0, "started\n"], fails: [125, ""] };
    assert.deepEqual([code, stdout], expected[outcome]);
    assert.deepEqual(statusesOf(server), ["REBUILD"]);
  });
}
