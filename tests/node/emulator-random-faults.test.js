import assert from "node:assert/strict";
import { test } from "node:test";
import { startedEmulator, statusUrl } from "./started-emulator.js";

const FAULTS = [{ status: 429 }, { status: 500, applied: true }, { status: 503 }];

async function running(t) {
  const emulator = await startedEmulator(t);
  const set = async (sourceId) => {
    const url = statusUrl(emulator, sourceId, "REBUILD");
    const response = await fetch(url, {
      method: "POST",
      headers: { Authorization: "Bearer my-secret-token" },
    });
    await response.arrayBuffer();
    return response.status;
  };
  const setMany = async (sourceId, count) => {
    const statuses = [];
    while (statuses.length < count) statuses.push(await set(sourceId));
    return statuses;
  };
  return { emulator, set, setMany };
}

test("the same seed lets the same calls fail in the same way, another seed does not", async (t) => {
  const runs = [];
  for (const seed of [7, 7, 8]) {
    const { emulator, setMany } = await running(t);
    emulator.failRandomly({ seed, rate: 0.5, faults: FAULTS });
    runs.push(await setMany("my-source", 60));
  }
  assert.deepEqual(runs[0], runs[1]);
  assert.notDeepEqual(runs[0], runs[2]);
  assert.deepEqual([...new Set(runs[0])].sort(), [201, 429, 500, 503]);
});

test("setting the rate again begins the series again", async (t) => {
  const { emulator, setMany } = await running(t);
  const runs = [];
  for (let run = 0; run < 2; run += 1) {
    emulator.failRandomly({ seed: "nightly", rate: 0.5, faults: FAULTS });
    runs.push(await setMany("my-source", 20));
  }
  assert.deepEqual(runs[0], runs[1]);
});

test("calls for other sources in between change nothing for a source", async (t) => {
  const { emulator, set, setMany } = await running(t);
  emulator.failRandomly({ seed: 7, rate: 0.5, faults: FAULTS });
  const alone = await setMany("my-source", 20);
  emulator.failRandomly({ seed: 7, rate: 0.5, faults: FAULTS });
  const amongOthers = [];
  for (let call = 0; call < 20; call += 1) {
    const [status] = await Promise.all([set("my-source"), set("other"), set(`source-${call}`)]);
    amongOthers.push(status);
  }
  assert.deepEqual(amongOthers, alone);
});

test("the share that fails is the rate, over the calls of one source and over sources", async (t) => {
  const { emulator, set, setMany } = await running(t);
  emulator.failRandomly({ seed: 1, rate: 0.2, faults: FAULTS });
  const ofOne = await setMany("my-source", 500);
  const ofMany = await Promise.all(Array.from({ length: 500 }, (_, index) => set(`source-${index}`)));
  for (const statuses of [ofOne, ofMany]) {
    const failed = statuses.filter((status) => status !== 201).length;
    assert.ok(failed > 70 && failed < 130, `${failed} of 500 failed`);
    for (const { status } of FAULTS) {
      const alike = statuses.filter((other) => other === status).length;
      assert.ok(alike > 15 && alike < 55, `${alike} of 500 were ${status}`);
    }
  }
});

test("a rate of 0 fails none, a rate of 1 all, and what is scripted comes first", async (t) => {
  const { emulator, set, setMany } = await running(t);
  emulator.failRandomly({ rate: 0 });
  assert.deepEqual(new Set(await setMany("my-source", 20)), new Set([201]));
  emulator.failRandomly({ rate: 1, faults: [{ status: 503 }] });
  emulator.failNext({ status: 429 });
  assert.deepEqual(await setMany("my-source", 3), [429, 503, 503]);
  emulator.clearFaults();
  assert.equal(await set("my-source"), 201);
});

test("options of failRandomly that are not valid are rejected, and change nothing", async (t) => {
  const { emulator } = await running(t);
  const rejected = [
    [{}, "rate must be a number from 0 to 1"],
    [{ rate: 1.5 }, "rate must be a number from 0 to 1"],
    [{ rate: Number.NaN }, "rate must be a number from 0 to 1"],
    [{ rate: 1, seed: null }, "seed must be a number or a string"],
    [{ rate: 1, faults: [] }, "faults must not be empty"],
    [{ rate: 1, faults: [{ status: 500 }, {}] }, /^faults\[1\] must name a fault/],
    [{ rate: 1, faults: [{ status: 500, times: 2 }] }, /^unknown name "times" in faults\[0\]/],
    [{ rate: 1, operation: "status" }, /^operation must be one of set-status, /],
    [{ rate: 1, fault: {} }, 'unknown name "fault" in the options; known are rate, seed, faults, operation'],
  ];
  for (const [options, message] of rejected) {
    assert.throws(() => emulator.failRandomly(options), { name: "TypeError", message });
  }
  assert.equal(emulator.faults.random, null);
});
