import assert from "node:assert/strict";
import { test } from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { BIN, Child, environment, SOURCE, spawnMarked, statusesOf } from "./command-line.js";
import { skip } from "./processes.js";

/** Starts a run by way of a shell, which can pass bytes that Node cannot. */
function startWith(t, server, { variables = "", words = "" }) {
  const run = `'${process.execPath}' '${BIN}' run REBUILD --source '${SOURCE}'`;
  const script = `${variables} exec env ${run} -- sh -c 'printf "%s" "$1$TEXT"' sh ${words}`;
  const options = { env: environment(server), stdio: ["ignore", "pipe", "pipe"] };
  return new Child(t, spawnMarked("sh", ["-c", script], options));
}

const bytes = (octal) => `"$(printf '${octal}')"`;

test("an argument of the program that is no UTF-8 is refused: 125, and nothing is sent", async (t) => {
  const server = await startFaultServer(t, []);
  const end = await startWith(t, server, { words: bytes("caf\\351") }).ended;
  assert.equal(end.code, 125);
  assert.match(
    end.stderr,
    /argument 4 of the program is no UTF-8, .*; have a script give it, as the program/,
  );
});

test("a variable that is no UTF-8 is refused by its name, and its value is not shown", async (t) => {
  const server = await startFaultServer(t, []);
  const end = await startWith(t, server, { variables: `export TEXT=${bytes("caf\\351")};` }).ended;
  assert.equal(end.code, 125);
  assert.match(end.stderr, /the variable TEXT is no UTF-8, .*; unset it, or have a script set it/);
  assert.doesNotMatch(end.stderr, /caf/);
});

test("the sign that stands for unreadable bytes is passed on where it was given as such", {
  skip,
}, async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const sign = bytes("\\357\\277\\275");
  const end = await startWith(t, server, { variables: `export TEXT=${sign};`, words: sign }).ended;
  assert.deepEqual([end.code, end.stdout], [0, "\ufffd\ufffd"], end.stderr);
  assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
});
