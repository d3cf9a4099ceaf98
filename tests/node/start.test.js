import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { fileURLToPath } from "node:url";

import { freePort } from "../faults/port.js";
import { startFaultServer } from "../faults/server.js";
import { close, delayed, reply, reset, resetBody } from "../faults/steps.js";
import { runProgram } from "./program.js";

const file = import.meta.resolve("push-source-status/wasm/push_source_status_bg.wasm");
const bytes = await readFile(fileURLToPath(file));
const served = { status: 200, headers: { "content-type": "application/wasm" }, body: bytes };

/** Runs a program with the entry that is started explicitly. It needs a new process, since a process has one instance. */
async function runApart(t, source, ...args) {
  const program = `
    const [url, otherUrl] = process.argv.slice(1);
    const outcomeOf = (promise) => promise.then(
      () => "started",
      (error) => ({ isStatusError: error instanceof StatusError, ...error, message: error.message }),
    );
    ${source}`;
  const { code, stdout, stderr } = await runProgram(t, program, { entry: "push-source-status/wasm", args });
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

function assertNotSupported(error) {
  assert.equal(error.isStatusError, true, error.message);
  assert.equal(error.code, "not_supported");
  assert.ok(error.hint?.length > 0);
}

test("row 38: used before it is started: the hint names start()", async (t) => {
  const error = await runApart(
    t,
    "console.log(JSON.stringify(await outcomeOf(Promise.resolve().then(() => statuses()))));",
  );
  assertNotSupported(error);
  assert.match(error.hint, /start/);
});

const unusable = {
  "missing (404)": reply({ status: 404, body: "not here" }),
  "answered with 500": reply({ status: 500 }),
  "an HTML page in its place": reply({ status: 200, body: "<!doctype html><title>An app</title>" }),
  empty: reply({ status: 200 }),
  "cut short": reply({ ...served, body: bytes.subarray(0, bytes.length / 2) }),
  "broken off": resetBody({ ...served, body: bytes.subarray(0, bytes.length / 2) }),
  "no answer at all": close(),
  "a reset": reset(),
};

for (const [what, step] of Object.entries(unusable)) {
  test(`row 38: the wasm file is ${what}: a clear error, and a start that is tried again works`, async (t) => {
    const server = await startFaultServer(t, [step, reply(served)]);
    const [first, second, count] = await runApart(
      t,
      `const first = await outcomeOf(start(url));
       const second = await outcomeOf(start(url));
       console.log(JSON.stringify([first, second, statuses().length]));`,
      `${server.origin}/push_source_status_bg.wasm`,
    );
    assertNotSupported(first);
    assert.deepEqual([second, count], ["started", 4]);
  });
}

test("row 38: nothing listens where the wasm file should be: the same, and the URL is named", async (t) => {
  const server = await startFaultServer(t, [reply(served)]);
  const nowhere = `http://127.0.0.1:${await freePort()}/push_source_status_bg.wasm`;
  const [first, second] = await runApart(
    t,
    "console.log(JSON.stringify([await outcomeOf(start(url)), await outcomeOf(start(otherUrl))]));",
    nowhere,
    `${server.origin}/push_source_status_bg.wasm`,
  );
  assertNotSupported(first);
  assert.ok(first.message.includes(nowhere));
  assert.equal(second, "started");
});

test("row 38: bytes that are not WebAssembly: the hint names the file, and no policy", async (t) => {
  const error = await runApart(
    t,
    "console.log(JSON.stringify(await outcomeOf(start(new Uint8Array([1, 2, 3])))));",
  );
  assertNotSupported(error);
  assert.match(error.message, /is not WebAssembly .*; pass the package's \.wasm file/);
});

test("row 38: a wasm file that is not served as wasm is good all the same", async (t) => {
  const answer = { ...served, headers: { "content-type": "text/plain; charset=utf-8" } };
  const server = await startFaultServer(t, [reply(answer)]);
  const url = `${server.origin}/push_source_status_bg.wasm`;
  assert.equal(
    await runApart(t, "console.log(JSON.stringify(await outcomeOf(start(url))));", url),
    "started",
  );
});

test("row 38: two starts at once, and a third one later, are one load", async (t) => {
  const server = await startFaultServer(t, [delayed(50, reply(served))]);
  const outcomes = await runApart(
    t,
    `const outcomes = await Promise.all([outcomeOf(start(url)), outcomeOf(start(url))]);
     outcomes.push(await outcomeOf(start(url)));
     console.log(JSON.stringify(outcomes));`,
    `${server.origin}/push_source_status_bg.wasm`,
  );
  assert.deepEqual(outcomes, ["started", "started", "started"]);
});
