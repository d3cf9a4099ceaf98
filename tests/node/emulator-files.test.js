import assert from "node:assert/strict";
import { test } from "node:test";
import { FileContainers } from "../../pkg/emulator/file-containers.js";
import { RawPusher, startedPusher } from "./raw-pusher.js";

const ONE = { addOrUpdate: [{ documentId: "a:1", data: "One" }] };

test("a batch goes through a file container: made, filled, pushed", async (t) => {
  const pusher = await startedPusher(t);
  await pusher.put("a:0", {}, { orderingId: 0 });
  const { status, value } = await pusher.createFile();
  assert.equal(status, 201);
  assert.deepEqual(Object.keys(value).sort(), ["fileId", "requiredHeaders", "uploadUri"]);
  assert.deepEqual(value.requiredHeaders, {
    "x-amz-server-side-encryption": "AES256",
    "Content-Type": "application/octet-stream",
  });
  const batch = {
    addOrUpdate: [
      { documentId: "a:1", data: "One" },
      { documentId: "a:2", parentId: "a:1" },
    ],
    delete: [{ documentId: "a:0", deleteChildren: true }],
  };
  assert.deepEqual(await pusher.upload(value, batch), { status: 200, value: "" });
  assert.deepEqual(pusher.ids, ["a:0"]);
  const pushed = await pusher.send("PUT", `documents/batch?fileId=${value.fileId}`);
  assert.deepEqual(pushed, { status: 202, value: "" });
  assert.deepEqual(pusher.documents, { "a:1": batch.addOrUpdate[0], "a:2": batch.addOrUpdate[1] });
});

test("a batch has one orderingId, for its items and its deletions", async (t) => {
  const pusher = await startedPusher(t);
  await pusher.put("a:1", { data: "newer" }, { orderingId: 20 });
  await pusher.put("a:2", {}, { orderingId: 20 });
  const batch = { ...ONE, delete: [{ documentId: "a:2" }] };
  await pusher.pushBatch(batch, { orderingId: 10 });
  assert.deepEqual([pusher.ids, pusher.documents["a:1"].data], [["a:1", "a:2"], "newer"]);
  await pusher.pushBatch(batch, { orderingId: 30 });
  assert.deepEqual([pusher.ids, pusher.documents["a:1"].data], [["a:1"], "One"]);
});

test("the address of an upload is the one under which its client knows the emulator", async (t) => {
  const { emulator } = await startedPusher(t);
  const known = emulator.endpoint.replace("127.0.0.1", "localhost");
  const { value } = await new RawPusher({ endpoint: known }).createFile();
  assert.equal(new URL(value.uploadUri).host, new URL(known).host);
});

test("an item's large data goes through a container too", async (t) => {
  const pusher = await startedPusher(t);
  const compressedBinaryDataFileId = await pusher.uploaded("what is in it is not looked at");
  const put = await pusher.put("a:1", { compressedBinaryDataFileId }, { compressionType: "ZLIB" });
  assert.equal(put.status, 202);
  assert.equal(pusher.documents["a:1"].compressedBinaryDataFileId, compressedBinaryDataFileId);
});

const REFUSED_UPLOADS = [
  [
    "a bearer token",
    400,
    "InvalidArgument",
    ({ headers }) => ({ headers: { ...headers, Authorization: "Bearer t" } }),
  ],
  [
    "no encryption",
    403,
    "SignatureDoesNotMatch",
    () => ({ headers: { "Content-Type": "application/octet-stream" } }),
  ],
  [
    "another media type",
    403,
    "SignatureDoesNotMatch",
    ({ headers }) => ({ headers: { ...headers, "Content-Type": "application/json" } }),
  ],
  ["no signature", 403, "SignatureDoesNotMatch", ({ url }) => ({ url: url.split("?")[0] })],
  ["another signature", 403, "SignatureDoesNotMatch", ({ url }) => ({ url: `${url}0` })],
  [
    "an unknown container",
    403,
    "SignatureDoesNotMatch",
    ({ url }) => ({ url: url.replace(/[^/]+\?/, "other?") }),
  ],
];

for (const [what, status, code, changed] of REFUSED_UPLOADS) {
  test(`upload: ${what} is answered ${status} ${code}, as XML`, async (t) => {
    const pusher = await startedPusher(t);
    const { uploadUri, requiredHeaders, fileId } = (await pusher.createFile()).value;
    const good = { url: uploadUri, headers: requiredHeaders };
    const { url, headers } = { ...good, ...changed(good) };
    const refused = await pusher.send("PUT", url, { headers, body: "{}" });
    assert.equal(refused.status, status);
    assert.match(refused.value, new RegExp(`<Code>${code}</Code>`));
    const pushed = await pusher.send("PUT", `documents/batch?fileId=${fileId}`);
    assert.match(pushed.value.message, /nothing was uploaded|no file container/);
  });
}

test("upload: over 256 MB is answered 413", async (t) => {
  const pusher = await startedPusher(t);
  const { uploadUri, requiredHeaders } = (await pusher.createFile()).value;
  const megabyte = new Uint8Array(1024 * 1024);
  const stream = async (rest) => {
    async function* body() {
      for (let sent = 0; sent < 256; sent += 1) yield megabyte;
      if (rest > 0) yield new Uint8Array(rest);
    }
    const init = { method: "PUT", headers: requiredHeaders, body: body(), duplex: "half" };
    const response = await fetch(uploadUri, init);
    return { status: response.status, text: await response.text() };
  };
  assert.equal((await stream(0)).status, 200);
  const refused = await stream(1);
  assert.equal(refused.status, 413);
  assert.match(refused.text, /EntityTooLarge/);
});

const REFUSED_BATCHES = [
  ["an unknown fileId", 412, async () => "other", /no file container/],
  [
    "an empty container",
    412,
    async (pusher) => (await pusher.createFile()).value.fileId,
    /nothing was uploaded/,
  ],
  ["no list at all", 400, (pusher) => pusher.uploaded({}), /neither addOrUpdate nor delete/],
  ["an array", 400, (pusher) => pusher.uploaded([]), /no JSON object/],
  ["a list that is none", 400, (pusher) => pusher.uploaded({ addOrUpdate: {} }), /must be an array/],
  [
    "an item without an id",
    400,
    (pusher) => pusher.uploaded({ addOrUpdate: [{ documentId: "a:1" }, { data: "" }] }),
    /addOrUpdate\[1\].* no documentId/,
  ],
  [
    "a deletion of nothing",
    400,
    (pusher) => pusher.uploaded({ delete: [null] }),
    /delete\[0\].* no documentId/,
  ],
  ["partialUpdate", 501, (pusher) => pusher.uploaded({ partialUpdate: [] }), /partialUpdate is not emulated/],
];

for (const [what, status, fileIn, message] of REFUSED_BATCHES) {
  test(`batch: ${what} is answered ${status}`, async (t) => {
    const pusher = await startedPusher(t);
    const refused = await pusher.send("PUT", `documents/batch?fileId=${await fileIn(pusher)}`);
    assert.equal(refused.status, status);
    assert.match(refused.value.message, message);
    assert.deepEqual(pusher.ids, []);
  });
}

test("batch: no fileId is answered 412, what is no JSON 400, another organization's container 412", async (t) => {
  const pusher = await startedPusher(t);
  assert.equal((await pusher.send("PUT", "documents/batch")).status, 412);
  const { value } = await pusher.createFile();
  await pusher.send("PUT", value.uploadUri, { headers: value.requiredHeaders, body: "{" });
  const broken = await pusher.send("PUT", `documents/batch?fileId=${value.fileId}`);
  assert.deepEqual([broken.status, broken.value.errorCode], [400, "INVALID_JSON"]);
  const stranger = new RawPusher(pusher.emulator, { organizationId: "other" });
  const fileId = await pusher.uploaded(ONE);
  assert.equal((await stranger.send("PUT", `documents/batch?fileId=${fileId}`)).status, 412);
});

test("a container expires after 60 minutes, to be filled and to be pushed", async (t) => {
  const pusher = await startedPusher(t);
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  const { value } = await pusher.createFile();
  t.mock.timers.tick(60 * 60_000 - 1);
  assert.equal((await pusher.upload(value, ONE)).status, 200);
  t.mock.timers.tick(1);
  const late = await pusher.upload(value, ONE);
  assert.equal(late.status, 403);
  assert.match(late.value, /AccessDenied.*expired/);
  const pushed = await pusher.send("PUT", `documents/batch?fileId=${value.fileId}`);
  assert.deepEqual([pushed.status, pushed.value.message], [412, "the file container has expired"]);
});

test("of what has expired, no bytes are kept", () => {
  const files = new FileContainers();
  const made = (at) => ({
    ...FileContainers.made({ organizationId: "my-org", at }),
    bytes: Buffer.from("{}"),
  });
  const [old, later, latest] = [made(0), made(1), made(60 * 60_000)];
  for (const container of [old, later, latest]) files.add(container);
  assert.deepEqual(
    [old, later, latest].map(({ bytes }) => bytes.length),
    [0, 2, 2],
  );
});

test("expireFiles lets those expire that are there, and no later ones", async (t) => {
  const pusher = await startedPusher(t);
  const fileId = await pusher.uploaded(ONE);
  pusher.emulator.expireFiles();
  assert.equal((await pusher.send("PUT", `documents/batch?fileId=${fileId}`)).status, 412);
  assert.equal((await pusher.pushBatch(ONE)).status, 202);
});

test("a file can be made without a body and with useVirtualHostedStyleUrl, not without a token", async (t) => {
  const pusher = await startedPusher(t);
  const files = `${pusher.organization}/files`;
  assert.equal((await pusher.send("POST", files)).status, 201);
  assert.equal((await pusher.send("POST", `${files}?useVirtualHostedStyleUrl=true`)).status, 201);
  assert.equal((await pusher.send("POST", `${files}?useVirtualHostedStyleUrl=1`)).status, 412);
  assert.equal((await pusher.send("POST", files, { headers: {} })).status, 401);
});

test("a token that went astray into a batch is not held", async (t) => {
  const pusher = await startedPusher(t);
  await pusher.pushBatch({ addOrUpdate: [{ documentId: "a:1", data: "my-secret-token" }] });
  assert.equal(pusher.documents["a:1"].data, "****");
});
