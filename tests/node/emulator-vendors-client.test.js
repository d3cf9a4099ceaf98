import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { CatalogSource, DocumentBuilder, PushSource } from "@coveo/push-api-client";
import { StatusClient } from "./package.js";
import { RawPusher } from "./raw-pusher.js";
import { startedEmulator } from "./started-emulator.js";

const ORGANIZATION = "my-org";
const TOKEN = "my-secret-token";
const SOURCE = "my-source";

/** Otherwise the client calls another API for the fields, which is not emulated. */
const WITHOUT_FIELDS = { createFields: false };
const QUICKLY = { retryAfter: 1, maxRetries: 20, timeMultiple: 1 };

async function running(t) {
  const emulator = await startedEmulator(t, { organizations: [ORGANIZATION], tokens: [TOKEN] });
  const interception = emulator.interceptFetch();
  t.after(() => interception.dispose());
  const source = new PushSource(TOKEN, ORGANIZATION, { region: "eu", ...QUICKLY });
  const catalog = new CatalogSource(TOKEN, ORGANIZATION, QUICKLY);
  const ids = () => [...emulator.documents(SOURCE).keys()].sort();
  return { emulator, source, catalog, ids };
}

const page = (id) => new DocumentBuilder(`https://wiki/${id}`, `Page ${id}`).withData(`The text of ${id}`);
const pages = (...ids) => ids.map(page);

test("the vendor's client sets a status, and puts and deletes an item", async (t) => {
  const { emulator, source, ids } = await running(t);
  await source.setSourceStatus(SOURCE, "REBUILD");
  const document = page("one").withMetadata({ team: ["a", "b"] });
  assert.equal((await source.addOrUpdateDocument(SOURCE, document, WITHOUT_FIELDS)).status, 202);
  // JSON drops undefined members.
  assert.deepEqual(
    emulator.documents(SOURCE).get("https://wiki/one"),
    JSON.parse(JSON.stringify(document.marshal())),
  );
  assert.equal((await source.deleteDocument(SOURCE, "https://wiki/one", true)).status, 202);
  await source.setSourceStatus(SOURCE, "IDLE");
  assert.deepEqual(ids(), []);
  assert.deepEqual(
    emulator.requests.map(({ operation, activity }) => [operation, activity?.statusType]),
    [
      ["set-status", undefined],
      ["put-document", "REBUILD"],
      ["delete-document", "REBUILD"],
      ["set-status", undefined],
    ],
  );
});

test("the vendor's client pushes a batch, and deletes what is older", async (t) => {
  const { emulator, source, ids } = await running(t);
  await source.batchUpdateDocuments(SOURCE, { addOrUpdate: pages("one", "two"), delete: [] }, WITHOUT_FIELDS);
  const gone = [{ documentId: "https://wiki/one", deleteChildren: false }];
  const batch = { addOrUpdate: pages("three"), delete: gone };
  assert.equal((await source.batchUpdateDocuments(SOURCE, batch, WITHOUT_FIELDS)).status, 202);
  assert.deepEqual(ids(), ["https://wiki/three", "https://wiki/two"]);
  const { orderingId } = emulator.requests.at(-1);
  await source.deleteDocumentsOlderThan(SOURCE, orderingId + 1);
  assert.deepEqual(ids(), []);
});

test("the vendor's client pushes files of documents", async (t) => {
  const { source, ids } = await running(t);
  const folder = await mkdtemp(join(tmpdir(), "vendors-client-"));
  t.after(() => rm(folder, { recursive: true }));
  for (const name of ["one", "two"]) {
    const document = { documentId: `https://wiki/${name}`, documentType: "page", title: name };
    await writeFile(join(folder, `${name}.json`), JSON.stringify([document]));
  }
  await source.batchUpdateDocumentsFromFiles(SOURCE, [folder], WITHOUT_FIELDS).batch();
  assert.deepEqual(ids(), ["https://wiki/one", "https://wiki/two"]);
});

test("the vendor's client streams a catalog, which then is what the source holds, and updates it", async (t) => {
  const { emulator, catalog, ids } = await running(t);
  await new RawPusher(emulator).put("https://wiki/before", {}, { orderingId: 0 });
  assert.deepEqual(ids(), ["https://wiki/before"]);
  await catalog.batchStreamDocuments(
    SOURCE,
    { addOrUpdate: pages("one", "two"), delete: [] },
    WITHOUT_FIELDS,
  );
  assert.deepEqual(ids(), ["https://wiki/one", "https://wiki/two"]);
  const deletion = [{ documentId: "https://wiki/two", deleteChildren: false }];
  await catalog.batchUpdateDocuments(
    SOURCE,
    { addOrUpdate: pages("three"), delete: deletion },
    WITHOUT_FIELDS,
  );
  assert.deepEqual(ids(), ["https://wiki/one", "https://wiki/three"]);
});

test("by default the vendor's client calls another API for fields: that is answered 501", async (t) => {
  const { emulator, source, ids } = await running(t);
  const document = page("one").withMetadata({ team: "a" });
  await assert.rejects(source.addOrUpdateDocument(SOURCE, document));
  assert.deepEqual(
    emulator.requests.map(({ httpStatus }) => httpStatus),
    [501],
  );
  assert.deepEqual(ids(), []);
});

test("1,000 documents in batches in an activity, under 429s and 5xx: each is held as it was pushed", async (t) => {
  const { emulator, source } = await running(t);
  const client = new StatusClient({
    organizationId: ORGANIZATION,
    accessToken: TOKEN,
    region: "eu",
    retry: { attempts: 100, baseDelayMs: 1 },
  });
  const documents = Array.from({ length: 1000 }, (_, index) => page(`page-${index}`));
  const batches = Array.from({ length: 20 }, (_, index) => documents.slice(50 * index, 50 * index + 50));
  emulator.failNext({ status: 503, statusType: "REBUILD" }, { status: 429, statusType: "IDLE" });
  for (const operation of ["create-file", "upload-file", "push-batch"]) {
    for (const status of [429, 500, 502, 503, 504]) {
      emulator.failNext({ status, operation, times: 2 }, { status, operation, applied: status >= 500 });
    }
  }

  /** Pushes a batch until it is accepted: the vendor's client retries only after a 429. */
  const pushed = async (addOrUpdate, attempts = 100) => {
    try {
      await source.batchUpdateDocuments(SOURCE, { addOrUpdate, delete: [] }, WITHOUT_FIELDS);
    } catch (error) {
      if (attempts === 1) throw error;
      await pushed(addOrUpdate, attempts - 1);
    }
  };
  await client.runActivity(SOURCE, "REBUILD", async () => {
    await Promise.all(batches.map((batch) => pushed(batch)));
  });

  const held = emulator.documents(SOURCE);
  assert.equal(held.size, 1000);
  for (const document of documents) {
    assert.deepEqual(held.get(document.uri), JSON.parse(JSON.stringify(document.marshal())));
  }
  assert.deepEqual(emulator.faults.next, []);
  assert.deepEqual(
    emulator.requests.filter(({ activity }) => activity === null),
    [],
  );
  assert.deepEqual(
    emulator.activities(SOURCE).map(({ state }) => state),
    ["completed"],
  );
});
