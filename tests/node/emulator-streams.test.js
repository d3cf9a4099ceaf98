import assert from "node:assert/strict";
import { test } from "node:test";
import { RawPusher, startedPusher } from "./raw-pusher.js";

const items = (...ids) => ({ addOrUpdate: ids.map((documentId) => ({ documentId })) });

test("a stream that is closed is what the source holds, and nothing else", async (t) => {
  const pusher = await startedPusher(t);
  await pusher.put("a:0", {}, { orderingId: 0 });
  const opened = await pusher.send("POST", "stream/open", { content: {} });
  assert.equal(opened.status, 201);
  const { streamId, ...first } = opened.value;
  await pusher.upload(first, items("a:1"));
  const second = await pusher.send("POST", `stream/${streamId}/chunk`, { content: {} });
  assert.equal(second.status, 201);
  assert.deepEqual(Object.keys(second.value).sort(), ["fileId", "requiredHeaders", "uploadUri"]);
  await pusher.upload(second.value, items("a:2", "a:3"));
  // The vendor's client leaves one container empty.
  await pusher.send("POST", `stream/${streamId}/chunk`);
  assert.deepEqual(pusher.ids, ["a:0"]);

  const closed = await pusher.send("POST", `stream/${streamId}/close`, { content: {} });
  assert.equal(closed.status, 201);
  assert.deepEqual(Object.keys(closed.value).sort(), ["orderingId", "requestId"]);
  assert.equal(closed.value.orderingId, pusher.emulator.requests.at(-1).orderingId);
  assert.deepEqual(pusher.ids, ["a:1", "a:2", "a:3"]);
});

test("a stream is open until it is closed, and only for its own source", async (t) => {
  const pusher = await startedPusher(t);
  const { streamId } = (await pusher.send("POST", "stream/open")).value;
  const other = new RawPusher(pusher.emulator, { sourceId: "other" });
  for (const stranger of [
    () => other.send("POST", `stream/${streamId}/chunk`),
    () => pusher.send("POST", "stream/x/close"),
  ]) {
    assert.equal((await stranger()).status, 404);
  }
  assert.equal((await pusher.send("POST", `stream/${streamId}/close`)).status, 201);
  assert.equal((await pusher.send("POST", `stream/${streamId}/chunk`)).status, 404);
  assert.equal((await pusher.send("POST", `stream/${streamId}/close`)).status, 404);
});

test("a chunk that is no batch keeps its stream open and the source as it was", async (t) => {
  const pusher = await startedPusher(t);
  await pusher.put("a:0", {}, { orderingId: 0 });
  const { streamId, ...file } = (await pusher.send("POST", "stream/open")).value;
  await pusher.upload(file, { addOrUpdate: [{}] });
  assert.equal((await pusher.send("POST", `stream/${streamId}/close`)).status, 400);
  await pusher.upload(file, items("a:1"));
  assert.deepEqual(pusher.ids, ["a:0"]);
  assert.equal((await pusher.send("POST", `stream/${streamId}/close`)).status, 201);
  assert.deepEqual(pusher.ids, ["a:1"]);
});

test("a stream of which a chunk has expired cannot be closed, whatever was made since", async (t) => {
  const pusher = await startedPusher(t);
  const { streamId, ...file } = (await pusher.send("POST", "stream/open")).value;
  await pusher.upload(file, items("a:1"));
  pusher.emulator.expireFiles();
  await pusher.createFile();
  const closed = await pusher.send("POST", `stream/${streamId}/close`);
  assert.deepEqual([closed.status, closed.value.message], [412, "the file container has expired"]);
  assert.deepEqual(pusher.ids, []);
});

test("a catalog's update replaces items and leaves the others; its merge replaces fields", async (t) => {
  const pusher = await startedPusher(t);
  await pusher.put("a:1", { name: "Shoe", price: 1 }, { orderingId: 0 });
  await pusher.put("a:2", { name: "Hat", price: 2 }, { orderingId: 0 });
  await pusher.put("a:3", {}, { orderingId: 0 });
  const updated = { addOrUpdate: [{ documentId: "a:1", price: 3 }], delete: [{ documentId: "a:3" }] };
  const update = await pusher.send("PUT", `stream/update?fileId=${await pusher.uploaded(updated)}`);
  assert.equal(update.status, 202);
  assert.deepEqual(Object.keys(update.value).sort(), ["orderingId", "requestId"]);
  // Spelled as in the vendor's documents of catalogs.
  const merged = {
    AddOrUpdate: [
      { DocumentId: "a:2", price: 4 },
      { DocumentId: "a:4", price: 5 },
    ],
  };
  const merge = await pusher.send("PUT", `stream/merge?fileId=${await pusher.uploaded(merged)}`);
  assert.equal(merge.status, 202);
  assert.deepEqual(pusher.documents, {
    "a:1": { documentId: "a:1", price: 3 },
    "a:2": { documentId: "a:2", DocumentId: "a:2", name: "Hat", price: 4 },
    "a:4": { documentId: "a:4", DocumentId: "a:4", price: 5 },
  });
  assert.equal((await pusher.send("PUT", "stream/update")).status, 412);
  assert.equal((await pusher.send("PUT", "stream/merge?fileId=other")).status, 412);
});
