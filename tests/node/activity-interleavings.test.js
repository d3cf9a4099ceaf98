import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomInt } from "node:crypto";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { INTERLEAVINGS_OF_A_ROUND } from "./interleaving.js";

const SEED = process.env.INTERLEAVING_SEED ?? String(randomInt(2 ** 31));
const PROGRAM = fileURLToPath(new URL("./interleaved-rounds.js", import.meta.url));

/** Two processes at once. `npm test` takes fewer rounds than a search for bugs. */
const PROCESSES = 2;
const ROUNDS_OF_A_PROCESS = Number(process.env.INTERLEAVING_ROUNDS ?? 25);
const INTERLEAVINGS = PROCESSES * ROUNDS_OF_A_PROCESS * INTERLEAVINGS_OF_A_ROUND;

const run = promisify(execFile);

test(`row 36: ${INTERLEAVINGS} random interleavings of activities: active … IDLE, or an error (${SEED})`, async (t) => {
  const starts = Array.from({ length: PROCESSES }, (_, index) => index * ROUNDS_OF_A_PROCESS);
  const programs = starts.map((first) =>
    run(process.execPath, [PROGRAM, SEED, String(first), String(ROUNDS_OF_A_PROCESS)]),
  );
  const reports = (await Promise.all(programs)).map(({ stdout, stderr }) => {
    assert.equal(stderr, "");
    return JSON.parse(stdout);
  });
  const count = (name) => reports.reduce((sum, each) => sum + each[name], 0);
  t.diagnostic(`${count("interleavings")} interleavings, ${count("requests")} requests, seed ${SEED}`);
  const problems = reports.flatMap((each) => each.problems);
  const some = problems.slice(0, 5).join("\n");
  assert.equal(problems.length, 0, `${problems.length} with INTERLEAVING_SEED=${SEED}\n${some}`);
  assert.equal(count("interleavings"), INTERLEAVINGS);
});
