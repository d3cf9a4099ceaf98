import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { fileJournal } from "push-source-status/journal";
import { killedKeeper, startKeeper } from "./keeper.js";
import { temporaryFolder } from "./sample.js";

const RACER = fileURLToPath(new URL("racer-program.js", import.meta.url));

/** The file of the one claim in a folder. */
function fileOf(directory) {
  const claims = join(directory, "claims");
  const [source] = readdirSync(claims);
  const [number, ...more] = readdirSync(join(claims, source));
  assert.deepEqual(more, []);
  return join(claims, source, number);
}

test("a claim shows its owner and its start, until it is released", async (t) => {
  const directory = temporaryFolder(t);
  const [one, other] = [fileJournal({ directory }), fileJournal({ directory })];
  const before = Date.now();
  const claim = await one.claim("source");
  assert.equal(claim.ok, true);
  assert.ok(claim.since >= before && claim.since <= Date.now());
  assert.deepEqual([one.holds("source"), other.holds("source")], [true, false]);
  for (const journal of [one, other]) {
    const refused = await journal.claim("source");
    assert.deepEqual(
      { ...refused, ownedBy: refused.ownedBy.pid },
      {
        ok: false,
        sourceId: "source",
        owner: "live",
        ownedBy: process.pid,
        since: claim.since,
        purpose: "work",
      },
    );
  }
  assert.equal((await other.claim("another")).ok, true);
  claim.release();
  claim.release();
  assert.equal(one.holds("source"), false);
  assert.equal((await other.claim("source")).ok, true);
  claim.release();
  assert.equal((await one.claim("source")).ok, false, "what was given back is not given back again");
  const again = await one.claim("third");
  again.release();
  const later = await one.claim("third");
  again.release();
  assert.equal(one.holds("third"), true, "a later claim is another one");
  later.release();
  assert.deepEqual(await one.entries(), []);
});

test("a claim for a recovery shows that; one without a purpose, as earlier versions wrote, is for work", async (t) => {
  const directory = temporaryFolder(t);
  const purposeSeen = async () => (await fileJournal({ directory }).claim("source")).purpose;
  const journal = fileJournal({ directory });
  await journal.claim("source", { purpose: "recovery" });
  assert.equal(await purposeSeen(), "recovery");
  const file = fileOf(directory);
  const { purpose, ...claim } = JSON.parse(readFileSync(file, "utf8")).claim;
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), claim }));
  assert.equal(await purposeSeen(), "work");
  await assert.rejects(journal.claim("other", { purpose: "fun" }), /purpose must be work or recovery/);
});

test("a claim ends with its process, and is another's then", async (t) => {
  const directory = temporaryFolder(t);
  const journal = fileJournal({ directory });
  const { child, ended, pid } = await startKeeper(t, { directory, sourceId: "source", isClaimed: true });
  const refused = await journal.claim("source");
  assert.deepEqual([refused.ok, refused.owner, refused.ownedBy.pid], [false, "live", pid]);
  child.kill("SIGKILL");
  await ended;
  assert.equal((await journal.claim("source")).ok, true);
  assert.equal((await fileJournal({ directory }).claim("source")).ok, false);
  assert.match(fileOf(directory), /\/2$/, "the claim before it is removed");
});

test("a claim is its program's too, for as long as the group lives", async (t) => {
  const directory = temporaryFolder(t);
  const task = { directory, sourceId: "source", isClaimed: true, program: ["sleep", "600"] };
  const keeper = await startKeeper(t, task);
  keeper.child.kill("SIGKILL");
  await keeper.ended;
  const refused = await fileJournal({ directory }).claim("source");
  assert.deepEqual([refused.owner, refused.ownedBy.group], ["live", keeper.group]);
});

test("a claim of an owner that cannot be judged is taken once it is stale, and no other", async (t) => {
  const directory = temporaryFolder(t);
  await killedKeeper(t, { directory, sourceId: "source", isClaimed: true });
  const file = fileOf(directory);
  const record = JSON.parse(readFileSync(file, "utf8"));
  const elsewhere = { ...record.owner, host: "another", boot: "another" };
  writeFileSync(file, JSON.stringify({ ...record, owner: elsewhere }));
  const journal = fileJournal({ directory });
  assert.equal((await journal.claim("source")).owner, "unknown");
  assert.equal((await journal.claim("source", { staleMs: 3_600_000 })).ok, false);
  const longAgo = { ...record.claim, since: Date.now() - 3_600_001 };
  writeFileSync(file, JSON.stringify({ ...record, claim: longAgo, owner: elsewhere }));
  assert.equal((await journal.claim("source", { staleMs: 3_600_000 })).ok, true);
  for (const staleMs of [-1, Number.NaN, "7"]) {
    await assert.rejects(journal.claim("source", { staleMs }), /staleMs must be a number of at least 0/);
  }
});

test("claims at two places are two; one without a place is of all places", async (t) => {
  const directory = temporaryFolder(t);
  const journals = Array.from({ length: 3 }, () => fileJournal({ directory }));
  const place = { organizationId: "one", endpoint: "https://coveo.example/push/v1" };
  const elsewhere = [
    { ...place, organizationId: "other" },
    { ...place, endpoint: "https://sandbox.example/push/v1" },
  ];
  const claims = [place, ...elsewhere].map((at, index) => journals[index].claim("source", { place: at }));
  assert.deepEqual(
    (await Promise.all(claims)).map(({ ok }) => ok),
    [true, true, true],
  );
  const asker = fileJournal({ directory });
  for (const options of [{ place }, { place: elsewhere[1] }, {}])
    assert.equal((await asker.claim("source", options)).ok, false);
  assert.deepEqual(
    [
      journals[0].holds("source"),
      journals[0].holds("source", place),
      journals[0].holds("source", elsewhere[0]),
    ],
    [true, true, false],
  );
  for (const claim of claims) (await claim).release();
  const everywhere = await asker.claim("source");
  assert.deepEqual([everywhere.ok, asker.holds("source", place)], [true, true]);
  for (const at of [place, { ...place, organizationId: "new" }])
    assert.equal((await journals[0].claim("source", { place: at })).owner, "live");
  everywhere.release();
  assert.equal((await journals[0].claim("source", { place })).ok, true);
});

test("a claim without a place ends what is stale at every place, though one is live", async (t) => {
  const directory = temporaryFolder(t);
  const places = ["one", "two", "three"].map((organizationId) => ({
    organizationId,
    endpoint: "https://a.example",
  }));
  for (const place of places) {
    const claim = await fileJournal({ directory }).claim("source", { place });
    claim.release();
  }
  const folders = readdirSync(join(directory, "claims"));
  for (const folder of [folders[0], folders[2]])
    writeFileSync(join(directory, "claims", folder, "9"), "half");
  const claimAll = () =>
    Promise.all(places.map((place) => fileJournal({ directory }).claim("source", { place })));
  const [live] = (await claimAll()).filter(({ ok }) => ok);
  const refused = await fileJournal({ directory }).claim("source", { staleMs: 0 });
  assert.deepEqual([refused.ok, refused.owner], [false, "live"]);
  live.release();
  assert.deepEqual(
    (await claimAll()).map(({ ok }) => ok),
    [true, true, true],
  );
});

test("row 68: half a claim, or one of another version, is in force, of an unknown owner", async (t) => {
  const directory = temporaryFolder(t);
  const journal = fileJournal({ directory });
  await journal.claim("source");
  for (const text of ["", '{"version":2}']) {
    writeFileSync(fileOf(directory), text);
    const refused = await fileJournal({ directory }).claim("source");
    assert.deepEqual(
      [refused.ok, refused.owner, refused.ownedBy, refused.since],
      [false, "unknown", undefined, undefined],
    );
  }
  assert.equal((await fileJournal({ directory }).claim("source", { staleMs: 3_600_000 })).ok, true);
});

test("row 67: of several that claim at the same instant one gets it, whatever was there before", async (t) => {
  const racers = await Promise.all(Array.from({ length: 4 }, () => startRacer(t)));
  const folder = temporaryFolder(t);
  for (let round = 0; round < 60; round += 1) {
    const directory = join(folder, `${round}`);
    // No claim; a claim of a process that is gone; a released claim.
    if (round % 3 > 0) {
      const claim = await fileJournal({ directory }).claim("source");
      if (round % 3 === 1) asKilled(directory);
      else claim.release();
    }
    const question = { directory, instant: Date.now() + 5 };
    const answers = await Promise.all(racers.map((ask) => ask(question)));
    assert.equal(answers.filter((answer) => answer === "mine").length, 1, `round ${round}: ${answers}`);
  }
});

test("row 67: a source that changes hands all the time never has two holders", async (t) => {
  const racers = await Promise.all(Array.from({ length: 3 }, () => startRacer(t)));
  const question = { directory: temporaryFolder(t), times: 30 };
  const answers = await Promise.all(racers.map((ask) => ask(question)));
  assert.deepEqual(
    answers,
    racers.map(() => "30 times alone"),
  );
});

/** Changes a claim, as if its process were gone. */
function asKilled(directory) {
  const file = fileOf(directory);
  const record = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...record, owner: { ...record.owner, startedAt: "another start" } }));
}

/** Starts a process that claims on request. */
async function startRacer(t) {
  const child = spawn(process.execPath, [RACER], { stdio: ["pipe", "pipe", "inherit"] });
  t.after(() => child.kill("SIGKILL"));
  const lines = createInterface(child.stdout);
  await once(lines, "line");
  return async (question) => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const [line] = await once(lines, "line");
    return line;
  };
}
