import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { fileJournal, recoverUnfinished } from "push-source-status/journal";
import { entryOf, inWords, temporaryFolder } from "./sample.js";
import { logOf, startService } from "./service.js";

/** Starts a service, with a client and a folder in which others have left entries. */
async function startScene(t) {
  const { emulator, client: makeClient } = await startService(t);
  const client = makeClient();
  const directory = temporaryFolder(t);
  mkdirSync(directory, { mode: 0o700 });
  /** Writes an entry of an owner that is gone, or of another owner. */
  const leave = (sourceId, more, owner = { startedAt: "another start" }) => {
    const writer = fileJournal({ directory });
    const before = readdirSync(directory);
    writer.opened([entryOf(sourceId, { endpoint: emulator.endpoint, ...more })]);
    const [name] = readdirSync(directory).filter((found) => !before.includes(found));
    const record = JSON.parse(readFileSync(join(directory, name), "utf8"));
    writeFileSync(join(directory, name), JSON.stringify({ ...record, owner: { ...record.owner, ...owner } }));
  };
  const journal = fileJournal({ directory });
  const recover = async (options) =>
    (await recoverUnfinished(client, journal, options)).map(
      ({ entry, outcome, reason, error }) =>
        `${entry.sourceId} ${entry.kind}: ${outcome}${reason ? ` (${reason})` : ""}${error ? ` ${error.code}` : ""}`,
    );
  const sent = () => emulator.requests.map(({ sourceId, statusType }) => `${sourceId} ${statusType}`);
  return { emulator, client, journal, directory, leave, recover, sent };
}

const LIVE = {};
const ELSEWHERE = { host: "another", boot: "another" };

test("an activity whose owner is gone is ended, and its record struck", async (t) => {
  const { emulator, client, journal, leave, recover } = await startScene(t);
  await client.setStatus("source", "REBUILD");
  leave("source");
  const [entry] = await journal.entries();
  const [result] = await recoverUnfinished(client, journal);
  assert.deepEqual(result.entry, entry);
  assert.deepEqual(
    [result.outcome, result.update.sourceId, result.update.statusType, result.update.attempts],
    ["ended", "source", "IDLE", 1],
  );
  assert.deepEqual(logOf(emulator, "source"), ["REBUILD completed"]);
  assert.deepEqual(await journal.entries(), []);
  assert.deepEqual(await recover(), []);
});

test("several records of one source are ended with one IDLE", async (t) => {
  const { journal, leave, recover, sent } = await startScene(t);
  for (const statusType of ["REBUILD", "REFRESH"]) leave("source", { statusType });
  assert.deepEqual(await recover(), ["source activity: ended", "source activity: ended"]);
  assert.deepEqual(sent(), ["source IDLE"]);
  assert.deepEqual(await journal.entries(), []);
});

test("nothing is sent for who is live or cannot be judged, for a call, or for another service or organization", async (t) => {
  const { journal, leave, recover, sent } = await startScene(t);
  leave("live", {}, LIVE);
  leave("elsewhere", {}, ELSEWHERE);
  leave("called", { kind: "call" });
  leave("other-organization", { organizationId: "another" });
  leave("other-service", { endpoint: "https://coveo.example/push/v1" });
  assert.deepEqual((await recover()).sort(), [
    "called call: kept (call)",
    "elsewhere activity: kept (unknown)",
    "live activity: kept (live)",
  ]);
  assert.deepEqual(sent(), []);
  assert.equal((await journal.entries()).length, 5);
});

test("nothing is sent where anybody else may be at work on the source", async (t) => {
  const { leave, recover, sent } = await startScene(t);
  leave("in-use");
  leave("in-use", { kind: "call" }, LIVE);
  leave("perhaps");
  leave("perhaps", {}, ELSEWHERE);
  assert.deepEqual((await recover()).sort(), [
    "in-use activity: kept (in_use)",
    "in-use call: kept (live)",
    "perhaps activity: kept (in_use)",
    "perhaps activity: kept (unknown)",
  ]);
  assert.deepEqual(sent(), []);
});

test("what a later call has set is left; an earlier one is what the activity has replaced", async (t) => {
  const { leave, recover, sent } = await startScene(t);
  leave("later", { at: 1 });
  leave("later", { at: 2, kind: "call" });
  leave("earlier", { at: 1, kind: "call" });
  leave("earlier", { at: 2 });
  assert.deepEqual((await recover()).sort(), [
    "earlier activity: ended",
    "earlier call: ended",
    "later activity: kept (call)",
    "later call: kept (call)",
  ]);
  assert.deepEqual(sent(), ["earlier IDLE"]);
});

test("an owner that cannot be judged counts as gone once its record is stale, and a live one never does", async (t) => {
  const { journal, leave, recover } = await startScene(t);
  const longAgo = Date.now() - 3_600_001;
  leave("stale", { at: longAgo }, ELSEWHERE);
  leave("fresh", {}, ELSEWHERE);
  leave("live", { at: longAgo }, LIVE);
  assert.deepEqual((await recover({ staleMs: 3_600_000 })).sort(), [
    "fresh activity: kept (unknown)",
    "live activity: kept (live)",
    "stale activity: ended",
  ]);
  assert.deepEqual(inWords(await journal.entries()).sort(), ["fresh REBUILD unknown", "live REBUILD live"]);
});

test("404 strikes a record; any other failure leaves it", async (t) => {
  const { emulator, journal, leave, recover } = await startScene(t);
  leave("deleted", { at: 1 });
  leave("refused", { at: 2 });
  emulator.failNext({ status: 404, sourceId: "deleted" }, { status: 403, sourceId: "refused" });
  assert.deepEqual(await recover(), [
    "deleted activity: forgotten not_found",
    "refused activity: failed forbidden",
  ]);
  assert.deepEqual(inWords(await journal.entries()), ["refused REBUILD gone"]);
});

test("a source that somebody else has claimed is theirs; one that this journal has claimed is its own", async (t) => {
  const { directory, journal, leave, recover, sent } = await startScene(t);
  leave("source");
  const theirs = await fileJournal({ directory }).claim("source");
  assert.deepEqual(await recover(), ["source activity: kept (claimed)"]);
  theirs.release();
  const claim = await journal.claim("source");
  assert.deepEqual(await recover(), ["source activity: ended"]);
  assert.deepEqual(sent(), ["source IDLE"]);
  assert.equal(journal.holds("source"), true, "it stays claimed");
  claim.release();
  leave("source");
  await recover();
  assert.equal(
    (await fileJournal({ directory }).claim("source")).ok,
    true,
    "what was claimed for it is given back",
  );
});

test("several recover at once: one IDLE for each source", async (t) => {
  const { client, directory, journal, leave, sent } = await startScene(t);
  const ids = Array.from({ length: 10 }, (_, index) => `source-${index}`);
  for (const id of ids) leave(id);
  const others = Array.from({ length: 4 }, () => fileJournal({ directory }));
  await Promise.all(others.map((other) => recoverUnfinished(client, other)));
  assert.deepEqual(
    sent().sort(),
    ids.map((id) => `${id} IDLE`),
  );
  assert.deepEqual(await journal.entries(), []);
});

test("what has begun anew between the look and the claim is not ended", async (t) => {
  const { client, journal, leave, sent } = await startScene(t);
  leave("source");
  const seenTooEarly = await journal.entries();
  leave("source", {}, LIVE);
  const late = { ...methodsOf(journal), entries: async (id) => (id ? journal.entries(id) : seenTooEarly) };
  const results = await recoverUnfinished(client, late);
  assert.deepEqual(results.map(({ reason }) => reason).sort(), ["in_use", "live"]);
  assert.deepEqual(sent(), []);
});

test("some sources alone, and taken back", async (t) => {
  const { journal, leave, recover, sent } = await startScene(t);
  leave("one");
  leave("other");
  const reason = new Error("not now");
  const results = await recover({ sourceIds: ["one"], signal: AbortSignal.abort(reason) });
  assert.deepEqual(results, ["one activity: failed undefined"]);
  assert.deepEqual(sent(), []);
  assert.deepEqual(await recover({ sourceIds: ["one"] }), ["one activity: ended"]);
  assert.deepEqual(inWords(await journal.entries()), ["other REBUILD gone"]);
  await assert.rejects(recover({ staleMs: -1 }), /staleMs must be a number of at least 0/);
});

test("records that cannot be read are in nobody's way", async (t) => {
  const { directory, leave, recover } = await startScene(t);
  leave("source");
  const [name] = readdirSync(directory);
  writeFileSync(join(directory, name.replace(/\..*/, ".half.json")), "{");
  assert.deepEqual(await recover(), ["source activity: ended"]);
});

test("a journal of one's own, in which nothing can be claimed", async (t) => {
  const { emulator, client, sent } = await startScene(t);
  const rows = new Map([["1", entryOf("source", { endpoint: emulator.endpoint })]]);
  const own = {
    entries: async () => [...rows].map(([id, row]) => ({ id, ...row, owner: "gone" })),
    strike: async ({ id }) => rows.delete(id),
  };
  const [{ outcome }] = await recoverUnfinished(client, own);
  assert.deepEqual([outcome, sent(), rows.size], ["ended", ["source IDLE"], 0]);
});

/** The methods of a journal, bound to it. */
function methodsOf(journal) {
  return {
    strike: (entry) => journal.strike(entry),
    claim: (...args) => journal.claim(...args),
    holds: (sourceId) => journal.holds(sourceId),
  };
}
