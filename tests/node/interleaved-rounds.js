/**
 * Runs many interleavings of activities. It is a program of its own, because the hooks of the test runner would cost more than
 * everything else. Prints one line of JSON: the numbers of interleavings and requests, and the problems.
 *
 * node tests/node/interleaved-rounds.js SEED FIRST_ROUND ROUNDS
 */
import { setTimeout as sleep } from "node:timers/promises";

import { startEmulator } from "../../pkg/emulator/index.js";
import { seededRandom } from "../../pkg/emulator/random.js";
import { Knowledge, ledgersOf, numberedFetch, printed, problemsOf } from "./interleaved-ledger.js";
import { CLIENTS, Crowd, Draw, interleave, SOURCES_OF_A_CLIENT } from "./interleaving.js";
import { StatusClient } from "./package.js";
import { ORGANIZATION, sources } from "./sample.js";

const FAULTS = [
  { status: 429 },
  { status: 429, retryAfter: 0 },
  { status: 503 },
  { status: 500 },
  { status: 500, applied: true },
  { status: 502, applied: true },
  { status: 408, applied: true },
  { reset: true },
  { reset: true, applied: true },
  { stall: true },
  { stall: true, applied: true },
  { delayMs: 5 },
  { status: 401 },
  { status: 403 },
  { status: 404 },
];

const [seed, first, rounds] = process.argv.slice(2);
const report = { interleavings: 0, requests: 0, problems: [] };
for (let round = Number(first); round < Number(first) + Number(rounds); round += 1) {
  await playRound(`${seed}/${round}`);
}
console.log(JSON.stringify(report));

/** Runs several clients against an emulator with faults. */
async function playRound(roundSeed) {
  const emulator = await startEmulator();
  const draw = new Draw(seededRandom(roundSeed));
  emulator.failRandomly({ rate: draw.oneOf(0, 0.1, 0.3, 0.5), seed: roundSeed, faults: FAULTS });
  const ids = sources(CLIENTS * SOURCES_OF_A_CLIENT);
  const clients = Array.from({ length: CLIENTS }, () =>
    playClient(emulator, ids.splice(0, SOURCES_OF_A_CLIENT), draw),
  );
  const outcomes = (await Promise.all(clients)).flat();
  const ledgers = ledgersOf(emulator);
  await emulator.close();
  report.interleavings += outcomes.length;
  report.requests += emulator.requests.length;
  for (const outcome of outcomes) {
    const ledger = ledgers.get(outcome.source) ?? [];
    for (const problem of [...outcome.problems, ...problemsOf(ledger, outcome)]) {
      report.problems.push(`${outcome.source} of round ${roundSeed} ${problem}\n${printed(ledger)}`);
    }
  }
}

/** Runs one client with many sources at once. It is closed at the end, or meanwhile. */
async function playClient({ endpoint }, ids, draw) {
  const knowledge = new Map(ids.map((id) => [id, new Knowledge()]));
  const client = new StatusClient({
    ...options(draw),
    endpoint,
    fetch: numberedFetch(),
    onEvent: (event) => knowledge.get(event.sourceId).take(event),
  });
  const closesAfterMs = draw.chance(0.3) ? draw.between(0, 40) : undefined;
  const close = draw.oneOf("close", "free");
  const crowd = new Crowd();
  const interleavings = ids.map((id) => interleave(client, id, draw, crowd));
  await (closesAfterMs === undefined ? crowd.quiet : sleep(closesAfterMs));
  await client[close]();
  const outcomes = await Promise.all(interleavings);
  return outcomes.map((outcome) => ({ ...outcome, knowledge: knowledge.get(outcome.source) }));
}

function options(draw) {
  let tokens = 0;
  const nextToken = () => {
    tokens += 1;
    return `token-number-${tokens}`;
  };
  return {
    organizationId: ORGANIZATION,
    accessToken: draw.chance(0.5) ? "a-token-for-good" : nextToken,
    retry: {
      attempts: draw.between(1, 4),
      baseDelayMs: 1,
      maxDelayMs: 4,
      unknownOutcome: draw.oneOf("retry", "stop"),
    },
    attemptTimeoutMs: draw.between(60, 120),
    totalTimeoutMs: draw.between(100, 600),
    closeTimeoutMs: draw.between(50, 600),
    concurrency: draw.between(1, 8),
  };
}
