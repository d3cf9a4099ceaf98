import assert from "node:assert/strict";
import { test } from "node:test";
import { RawPusher, startedPusher } from "./raw-pusher.js";

const PAGE = "https://wiki/page?id=1&token=part-of-the-address";

test("an item that is put is held, with its id; put again, it is another one", async (t) => {
  const pusher = await startedPusher(t);
  const put = await pusher.put(PAGE, { title: "Page", data: "One", documentId: "what the query says wins" });
  assert.deepEqual(put, { status: 202, value: "" });
  assert.deepEqual(pusher.documents, { [PAGE]: { title: "Page", data: "One", documentId: PAGE } });
  await pusher.put(PAGE, { data: "Two" }, { compressionType: "GZIP" });
  assert.deepEqual(pusher.documents, { [PAGE]: { data: "Two", compressionType: "GZIP", documentId: PAGE } });
});

test("sources hold apart, and clearDocuments forgets them all", async (t) => {
  const pusher = await startedPusher(t);
  const other = new RawPusher(pusher.emulator, { sourceId: "other" });
  await pusher.put("a:1", {});
  await other.put("a:2", {});
  assert.deepEqual([pusher.ids, other.ids], [["a:1"], ["a:2"]]);
  pusher.emulator.clearDocuments();
  assert.deepEqual([pusher.ids, other.ids], [[], []]);
  assert.deepEqual([...pusher.emulator.documents("nobody's")], []);
});

test("what is handed out cannot change what is held", async (t) => {
  const pusher = await startedPusher(t);
  await pusher.put("a:1", {});
  const documents = pusher.emulator.documents("my-source");
  assert.throws(() => (documents.get("a:1").title = "changed"), TypeError);
  documents.clear();
  assert.deepEqual(pusher.ids, ["a:1"]);
});

test("an item that is deleted is gone, and its children only where that is asked for", async (t) => {
  const pusher = await startedPusher(t);
  for (const parent of ["a:1", "b:1"]) {
    await pusher.put(parent, {});
    await pusher.put(`${parent}/2`, { parentId: parent });
    await pusher.put(`${parent}/2/3`, { parentId: `${parent}/2` });
  }
  assert.deepEqual(await pusher.delete("a:1"), { status: 202, value: "" });
  assert.deepEqual(pusher.ids, ["a:1/2", "a:1/2/3", "b:1", "b:1/2", "b:1/2/3"]);
  assert.equal((await pusher.delete("b:1", { deleteChildren: "true" })).status, 202);
  assert.equal((await pusher.delete("never there", { deleteChildren: "false" })).status, 202);
  assert.deepEqual(pusher.ids, ["a:1/2", "a:1/2/3"]);
});

test("an older push never wins over a newer one, be it an item or a deletion", async (t) => {
  const pusher = await startedPusher(t);
  await pusher.put("a:1", { data: "new" }, { orderingId: 20 });
  await pusher.put("a:1", { data: "old" }, { orderingId: 10 });
  await pusher.delete("a:1", { orderingId: 19 });
  assert.equal(pusher.documents["a:1"].data, "new");
  await pusher.delete("a:1", { orderingId: 20 });
  await pusher.put("a:1", { data: "late" }, { orderingId: 19 });
  assert.deepEqual(pusher.ids, []);
  await pusher.put("a:1", { data: "after" }, { orderingId: 21 });
  assert.equal(pusher.documents["a:1"].data, "after");
});

test("unless it is given, the orderingId is the time of arrival, and the record has it", async (t) => {
  const pusher = await startedPusher(t);
  const before = Date.now();
  await pusher.put("a:1", {});
  const { orderingId, at } = pusher.emulator.requests[0];
  assert.ok(orderingId === at && at >= before && at <= Date.now());
  await pusher.put("a:1", {}, { orderingId: 7 });
  assert.equal(pusher.emulator.requests[1].orderingId, 7);
});

test("old items are deleted where they are strictly older, and come too late from then on", async (t) => {
  const pusher = await startedPusher(t);
  for (const orderingId of [10, 20, 30]) await pusher.put(`a:${orderingId}`, {}, { orderingId });
  const deleted = await pusher.send("DELETE", "documents/olderthan?orderingId=20&queueDelay=0");
  assert.deepEqual(deleted, { status: 202, value: "" });
  assert.deepEqual(pusher.ids, ["a:20", "a:30"]);
  await pusher.put("a:15", {}, { orderingId: 15 });
  await pusher.send("DELETE", "documents/olderthan?orderingId=5");
  await pusher.put("a:16", {}, { orderingId: 16 });
  assert.deepEqual(pusher.ids, ["a:20", "a:30"]);
});

const LONG = JSON.stringify({ data: "x".repeat(6 * 1024 * 1024) });
const json = { "Content-Type": "application/json", Authorization: "Bearer my-secret-token" };

const ERRORS = [
  ["no documentId", 412, "PUT", "documents", { content: {} }],
  ["an empty documentId", 412, "PUT", "documents?documentId=", { content: {} }],
  ["two documentIds", 412, "PUT", "documents?documentId=a&documentId=b", { content: {} }],
  ["an orderingId that is no number", 412, "PUT", "documents?documentId=a&orderingId=now", { content: {} }],
  ["an unknown compressionType", 412, "PUT", "documents?documentId=a&compressionType=gzip", { content: {} }],
  [
    "a file that is not there",
    412,
    "PUT",
    "documents?documentId=a",
    { content: { compressedBinaryDataFileId: "f" } },
  ],
  ["no body", 400, "PUT", "documents?documentId=a", { headers: json }],
  ["a body that is no JSON", 400, "PUT", "documents?documentId=a", { headers: json, body: "{" }],
  ["a body that is no object", 400, "PUT", "documents?documentId=a", { content: [] }],
  ["over 6 MB", 413, "PUT", "documents?documentId=a", { headers: json, body: LONG }],
  ["a body without its media type", 415, "PUT", "documents?documentId=a", { body: new Uint8Array(2) }],
  ["a wrong token", 401, "PUT", "documents?documentId=a", { headers: { Authorization: "Bearer wrong" } }],
  ["no token", 401, "DELETE", "documents?documentId=a", { headers: {} }],
  ["no documentId to delete", 412, "DELETE", "documents", {}],
  ["deleteChildren=yes", 412, "DELETE", "documents?documentId=a&deleteChildren=yes", {}],
  ["no orderingId to delete by", 412, "DELETE", "documents/olderthan", {}],
  ["a queueDelay that is none", 412, "DELETE", "documents/olderthan?orderingId=1&queueDelay=-1", {}],
  ["another method", 405, "POST", "documents?documentId=a", { content: {} }],
];

for (const [what, status, method, path, request] of ERRORS) {
  test(`documents: ${what} is answered ${status}, and changes nothing`, async (t) => {
    const pusher = await startedPusher(t, { tokens: ["my-secret-token"] });
    await pusher.put("a", { data: "as it was" }, { orderingId: 0 });
    const refused = await pusher.send(method, path, request);
    assert.equal(refused.status, status);
    assert.deepEqual(Object.keys(refused.value), ["errorCode", "message"]);
    assert.deepEqual(pusher.documents, { a: { data: "as it was", documentId: "a" } });
    assert.equal(pusher.emulator.requests[1].applied, false);
  });
}

test("an item of just 6 MB is taken", async (t) => {
  const pusher = await startedPusher(t);
  const frame = JSON.stringify({ data: "" }).length;
  const put = await pusher.put("a", { data: "x".repeat(6 * 1024 * 1024 - frame) });
  assert.equal(put.status, 202);
});

test("a source that is not there, or is no Push source, takes nothing", async (t) => {
  const sources = ["my-source", { id: "web-source", push: false }];
  const { emulator } = await startedPusher(t, { sources });
  assert.equal((await new RawPusher(emulator, { sourceId: "other" }).put("a", {})).status, 404);
  assert.equal((await new RawPusher(emulator, { sourceId: "web-source" }).put("a", {})).status, 412);
});

test("a token that went astray into an item is not held", async (t) => {
  const pusher = await startedPusher(t);
  await pusher.put("https://wiki/?key=my-secret-token", { data: "the token is my-secret-token" });
  assert.deepEqual(pusher.documents, {
    "https://wiki/?key=****": { data: "the token is ****", documentId: "https://wiki/?key=****" },
  });
  assert.ok(!JSON.stringify(pusher.emulator.requests).includes("my-secret-token"));
});
