/**
 * Tests of a connector. The emulator stands in for the service. Both clients use their real hosts, and `interceptFetch`
 * redirects them to the emulator.
 */
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { PushSource } from "@coveo/push-api-client";
import { StatusClient, type StatusClientOptions, StatusError } from "push-source-status";
import {
  type Emulator,
  type FetchInterception,
  type NextFault,
  startEmulator,
} from "push-source-status/emulator";
import { type Connector, type Page, rebuild } from "./connector.js";

const organizationId = "any-organization";
const accessToken = "any-token";
const sourceId = "wiki";

let emulator: Emulator;
let interception: FetchInterception;
let connector: Connector;

beforeEach(async () => {
  emulator = await startEmulator();
  interception = emulator.interceptFetch();
  connector = {
    status: statusClient(),
    source: new PushSource(accessToken, organizationId, { retryAfter: 1 }),
    sourceId,
    batchSize: 2,
    delayMs: 1,
  };
});

afterEach(async () => {
  interception.dispose();
  await emulator.close();
});

/** Returns a client that hardly waits between attempts. */
function statusClient(options?: Pick<StatusClientOptions, "closeTimeoutMs">): StatusClient {
  return new StatusClient({
    organizationId,
    accessToken,
    region: "us",
    retry: { baseDelayMs: 1 },
    ...options,
  });
}

async function* wiki(...names: string[]): AsyncGenerator<Page> {
  for (const name of names) yield { url: `https://wiki.example/${name}`, title: name, text: `About ${name}` };
}

const held = () =>
  [...emulator.documents(sourceId).values()].map(({ title, data }) => `${title}: ${data}`).sort();
const log = () => emulator.activities(sourceId).map(({ statusType, state }) => `${statusType} ${state}`);

/** Asserts that nothing was pushed outside an activity, which holds whatever happens. */
function assertAllWasAnnounced(): void {
  assert.deepEqual(
    emulator.requests.filter(({ activity }) => activity === null),
    [],
  );
}

test("the source holds the pages of the last run, and no others", async () => {
  assert.equal(await rebuild(connector, wiki("welcome", "travel", "expenses")), 3);
  // A push is older than a run only if it came in an earlier millisecond.
  const { at } = emulator.requests.at(-1) ?? {};
  while (Date.now() === at);
  assert.equal(await rebuild(connector, wiki("welcome", "parking")), 2);
  assert.deepEqual(held(), ["parking: About parking", "welcome: About welcome"]);
  assert.deepEqual(log(), ["REBUILD completed", "REBUILD completed"]);
  assertAllWasAnnounced();
});

test("what is pushed outside an activity is found", async () => {
  await connector.source.deleteDocument(sourceId, "https://wiki.example/welcome");
  await rebuild(connector, wiki("welcome"));
  assert.throws(assertAllWasAnnounced, /delete-document/);
});

/** Temporary failures of each kind. They cost only time. */
const passing: Record<string, NextFault> = {
  "the status is throttled": { status: 429, operation: "set-status", times: 2 },
  "the status is answered by a broken gateway": { status: 502, operation: "set-status", times: 2 },
  "IDLE is set, and the answer is lost": { reset: true, applied: true, statusType: "IDLE" },
  "a container is throttled": { status: 429, operation: "create-file", times: 2 },
  "no container can be made": { status: 503, operation: "create-file", times: 2 },
  "an upload breaks off": { reset: true, operation: "upload-file" },
  "an upload fails": { status: 500, operation: "upload-file", times: 2 },
  "a batch is throttled": { status: 429, retryAfter: 1, operation: "push-batch", times: 2 },
  "a batch is refused by a gateway": { status: 504, operation: "push-batch", times: 2 },
  "a batch is taken, and the answer is a 500": { status: 500, applied: true, operation: "push-batch" },
  "an answer is late": { delayMs: 20, operation: "push-batch" },
};

for (const [trouble, fault] of Object.entries(passing)) {
  test(`${trouble}: every page arrives, and the source is idle`, async () => {
    emulator.failNext(fault);
    await rebuild(connector, wiki("welcome", "travel", "expenses"));
    assert.deepEqual(held(), ["expenses: About expenses", "travel: About travel", "welcome: About welcome"]);
    assert.equal(emulator.activities(sourceId).at(-1)?.state, "completed");
    assert.deepEqual(emulator.faults.next, []);
    assertAllWasAnnounced();
  });
}

/** A permanent failure ends the run, but leaves the source neither busy nor half deleted. */
const lasting: Record<string, NextFault> = {
  "the key may not push": { status: 403, errorCode: "ACCESS_DENIED", operation: "push-batch", times: 5 },
  "the store of the containers is down": { status: 503, operation: "upload-file", times: 5 },
};

for (const [trouble, fault] of Object.entries(lasting)) {
  test(`${trouble}: the run fails, the source is idle, and what it held stays`, async () => {
    await rebuild(connector, wiki("welcome"));
    emulator.failNext(fault);
    await assert.rejects(rebuild(connector, wiki("travel")));
    assert.deepEqual(held(), ["welcome: About welcome"]);
    assert.deepEqual(log(), ["REBUILD completed", "REBUILD completed"]);
  });
}

test("the key is refused: nothing is pushed", async () => {
  emulator.failNext({ status: 401 });
  await assert.rejects(rebuild(connector, wiki("welcome")), { code: "unauthenticated" });
  assert.deepEqual([held(), log()], [[], []]);
});

test("the service hangs: the run can be stopped, and the source is idle", async () => {
  emulator.failNext({ stall: true, operation: "create-file" });
  const shutdown = new AbortController();
  const stopped = rebuild({ ...connector, gracePeriodMs: 1 }, wiki("welcome"), shutdown.signal);
  while (emulator.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
  shutdown.abort(new Error("enough"));
  await assert.rejects(stopped, { message: "enough" });
  assert.deepEqual([held(), log()], [[], ["REBUILD completed"]]);
});

test("IDLE cannot be set: the documents were pushed, and the error says what to do", async () => {
  emulator.failNext({ status: 503, statusType: "IDLE", times: Number.POSITIVE_INFINITY });
  // Otherwise the client tries for 90 s.
  const impatient = { ...connector, status: statusClient({ closeTimeoutMs: 100 }) };
  const failed = await rebuild(impatient, wiki("welcome")).catch((error: unknown) => error);
  assert.ok(failed instanceof StatusError && failed.code === "left_active");
  assert.match(failed.hint ?? "", /push-source-status set IDLE --source wiki/);
  assert.deepEqual([held(), log()], [["welcome: About welcome"], ["REBUILD ongoing"]]);
});
