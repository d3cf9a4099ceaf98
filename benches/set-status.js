import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { concurrent, sequential } from "./calls.js";
import { contenders } from "./contenders.js";
import { startServer } from "./server.js";
import { median, quartiles } from "./statistics.js";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "24" },
    // A garbage collection takes as long as twenty calls: in rounds this long, all have their share.
    calls: { type: "string", default: "1000" },
    starts: { type: "string", default: "15" },
    memory: { type: "string", default: "100000" },
  },
});
const [rounds, calls, starts, memory] = ["rounds", "calls", "starts", "memory"].map((name) =>
  Number(values[name]),
);
const names = Object.keys(contenders);
const server = await startServer();
const setters = {};
for (const name of names) setters[name] = await contenders[name](server.endpoint);

console.log(`Node ${process.versions.node}; medians, and between which the middle half lies`);
report("one call after another, µs a call", await timed(rounds, (set) => sequential(set, calls), calls));
report("8 at once, µs a call", await timed(rounds, (set) => concurrent(set, calls, 8), calls));
report("64 at once, µs a call", await timed(rounds, (set) => concurrent(set, calls, 64), calls));
report("start of Node to the end of the first call, ms", started(starts), 1);
if (memory > 0) {
  console.log(
    `\nmemory in use after ${memory.toLocaleString("en")} calls, 8 at once, above that after the first`,
  );
  for (const name of names) {
    console.log(`${name.padEnd(24)}${(Number(alone(name, memory)) / 1e6).toFixed(2).padStart(8)} MB`);
  }
}
server.stop();

/** Turn by turn, each round in the other order: what slows the machine down for a while slows all down. */
async function timed(count, action, divisor) {
  const microseconds = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -3; round < count; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const startedAt = performance.now();
      await action(setters[name]);
      if (round >= 0) microseconds[name].push(((performance.now() - startedAt) * 1000) / divisor);
    }
  }
  return microseconds;
}

function started(count) {
  const milliseconds = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < count; round += 1) {
    for (const name of names) {
      const startedAt = performance.now();
      alone(name, 0);
      milliseconds[name].push(performance.now() - startedAt);
    }
  }
  return milliseconds;
}

function alone(name, count) {
  const script = join(import.meta.dirname, "one-contender.js");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [script, name, server.endpoint, String(count)],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`${name}: ${stderr}`);
  return stdout;
}

/** The ratio is that of each round, since rounds differ more than contenders. */
function report(title, measured) {
  console.log(`\n${title.padEnd(48)}ratio to bare fetch`);
  for (const name of names) {
    const ratios = measured[name].map((time, round) => time / measured["bare fetch"][round]);
    console.log(`${name.padEnd(24)}${described(measured[name], 1)}   ${described(ratios, 3)}`);
  }
}

function described(numbers, digits) {
  const [low, high] = quartiles(numbers).map((number) => number.toFixed(digits));
  return `${median(numbers).toFixed(digits).padStart(7)}  (${low} … ${high})`.padEnd(28);
}
