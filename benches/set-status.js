import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { StatusClient } from "push-source-status";
import { median, quartiles } from "./statistics.js";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "40" }, calls: { type: "string", default: "250" } },
});
const rounds = Number(values.rounds);
const calls = Number(values.calls);

const server = fork(join(import.meta.dirname, "server.js"));
const [port] = await once(server, "message");
const contenders = {
  "bare fetch": bareFetch(`http://127.0.0.1:${port}/push/v1`),
  "push-source-status": thisPackage(`http://127.0.0.1:${port}/push/v1`),
};

// Turn by turn, each round in the other order: what slows the machine down for a while slows both down.
const names = Object.keys(contenders);
const microseconds = Object.fromEntries(names.map((name) => [name, []]));
for (let round = -5; round < rounds; round += 1) {
  for (const name of round % 2 === 0 ? names : names.toReversed()) {
    const startedAt = performance.now();
    for (let call = 0; call < calls; call += 1) await contenders[name]();
    const perCall = ((performance.now() - startedAt) * 1000) / calls;
    if (round >= 0) microseconds[name].push(perCall);
  }
}
server.disconnect();

const ratios = microseconds["push-source-status"].map(
  (time, round) => time / microseconds["bare fetch"][round],
);
console.log(`\nSequential calls, ${rounds} rounds of ${calls} for each, Node ${process.versions.node}`);
for (const name of names) console.log(`${name.padEnd(20)} ${described(microseconds[name], 1)} µs a call`);
console.log(`${"ratio".padEnd(20)} ${described(ratios, 3)}`);

/** What somebody would write who needs nothing but this one request. */
function bareFetch(base) {
  const url = `${base}/organizations/organization/sources/source/status?statusType=REBUILD`;
  const headers = {
    "Content-Type": "application/json",
    Accept: "application/json",
    Authorization: "Bearer token",
  };
  return async () => {
    const response = await fetch(url, { method: "POST", headers, body: "{}" });
    if (!response.ok) throw new Error(`status ${response.status}`);
    await response.arrayBuffer();
  };
}

function thisPackage(endpoint) {
  const client = new StatusClient({ organizationId: "organization", accessToken: "token", endpoint });
  return () => client.setStatus("source", "REBUILD");
}

function described(numbers, digits) {
  const [low, high] = quartiles(numbers).map((number) => number.toFixed(digits));
  return `median ${median(numbers).toFixed(digits).padStart(7)}, half of the rounds within ${low} … ${high}`;
}
