import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { reportOf } from "./child.js";
import { others, thisNode } from "./runtimes.js";

const packages = ["node-fetch 2", "node-fetch 3", "undici 5", "undici 6", "undici 7"];

/** The kinds of `programs/foreign-fetches.js`. */
const kinds = [
  "the host's",
  ...packages,
  "a mock with text() alone",
  "a mock with json() alone",
  "a mock with a stream of Node's as its body",
  "a mock with a body of null and text()",
];

/**
 * The limit of sockets for 200 requests, 8 at once, some of which find sockets that are still closing. A leak would
 * leave 200.
 */
const SOCKETS = 40;

const refusal = (padding = "") => JSON.stringify({ errorCode: "ACCESS_DENIED", message: `no${padding}` });

async function outcomesOf(t, runtime, kind, calls, answer) {
  const server = await startFaultServer(t, () => reply(answer));
  const args = { endpoint: server.endpoint, kind, calls };
  const outcomes = await reportOf(t, runtime, "foreign-fetches.js", { args });
  assert.equal(server.requests.length, calls);
  return { outcomes, server };
}

for (const runtime of [thisNode, ...others]) {
  // Bun and Deno replace node-fetch and undici by their own, or cannot load them. Those that run there are tested.
  for (const kind of kinds) {
    test(`row 49, in ${runtime.name}: ${kind} as fetch: the errorCode is read, and the process ends`, async (t) => {
      const { outcomes } = await outcomesOf(t, runtime, kind, 3, { status: 403, body: refusal() });
      assert.deepEqual(outcomes, ["forbidden 403 ACCESS_DENIED"]);
    });

    test(`row 49, in ${runtime.name}: ${kind} as fetch: a success, and the process ends`, async (t) => {
      const { outcomes } = await outcomesOf(t, runtime, kind, 3, { status: 201, body: "{}" });
      assert.deepEqual(outcomes, ["201"]);
    });
  }
}

for (const kind of kinds) {
  test(`row 50: 200 failing answers of 100 kB through ${kind}: no more sockets than with the host's`, async (t) => {
    const answer = { status: 403, body: refusal(" ".repeat(100_000)) };
    const { server } = await outcomesOf(t, thisNode, kind, 200, answer);
    assert.ok(server.peakOpenSockets <= SOCKETS, `${server.peakOpenSockets} sockets`);
  });

  test(`row 50: 200 successes with bodies of 100 kB through ${kind}: the same`, async (t) => {
    const answer = { status: 201, body: refusal(" ".repeat(100_000)) };
    const { server } = await outcomesOf(t, thisNode, kind, 200, answer);
    assert.ok(server.peakOpenSockets <= SOCKETS, `${server.peakOpenSockets} sockets`);
  });
}
