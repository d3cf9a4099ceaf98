import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { startedPusher } from "./raw-pusher.js";

const execute = promisify(execFile);
const missing = (command) =>
  spawnSync(command, ["--version"]).status !== 0 && `NOT RUN: there is no ${command} on this machine`;

const HELD = {
  "https://wiki/one": { documentId: "https://wiki/one", title: "One" },
  "https://wiki/two": { documentId: "https://wiki/two", title: "Two" },
};

test("curl puts an item and pushes a batch", { skip: missing("curl") }, async (t) => {
  const pusher = await startedPusher(t);
  const curl = async (...args) => (await execute("curl", ["--silent", "--fail-with-body", ...args])).stdout;
  const authorization = ["--header", "Authorization: Bearer my-secret-token"];
  const json = ["--header", "Content-Type: application/json"];
  const one = `${pusher.source}/documents?documentId=https%3A%2F%2Fwiki%2Fone`;
  await curl("--request", "PUT", ...authorization, ...json, "--data", '{"title":"One"}', one);

  const made = await curl("--request", "POST", ...authorization, `${pusher.organization}/files`);
  const { uploadUri, fileId, requiredHeaders } = JSON.parse(made);
  const headers = Object.entries(requiredHeaders).flatMap(([name, value]) => [
    "--header",
    `${name}: ${value}`,
  ]);
  const batch = JSON.stringify({ addOrUpdate: [HELD["https://wiki/two"]] });
  await curl("--request", "PUT", ...headers, "--data-binary", batch, uploadUri);
  await curl("--request", "PUT", ...authorization, `${pusher.source}/documents/batch?fileId=${fileId}`);
  assert.deepEqual(pusher.documents, HELD);
});

const PYTHON = `
import json, sys
from urllib.parse import quote
from urllib.request import Request, urlopen

organization, source = sys.argv[1:]
bearer = {"Authorization": "Bearer my-secret-token"}

def send(method, url, body=None, headers=bearer):
    with urlopen(Request(url, data=body, method=method, headers=headers)) as answer:
        return answer.read()

document = json.dumps({"title": "One"}).encode()
as_json = {**bearer, "Content-Type": "application/json"}
send("PUT", f"{source}/documents?documentId={quote('https://wiki/one', safe='')}", document, as_json)
container = json.loads(send("POST", f"{organization}/files"))
batch = {"addOrUpdate": [{"documentId": "https://wiki/two", "title": "Two"}]}
send("PUT", container["uploadUri"], json.dumps(batch).encode(), container["requiredHeaders"])
send("PUT", f"{source}/documents/batch?fileId={container['fileId']}")
`;

test("Python's urllib puts an item and pushes a batch", { skip: missing("python3") }, async (t) => {
  const pusher = await startedPusher(t);
  await execute("python3", ["-c", PYTHON, pusher.organization, pusher.source]);
  assert.deepEqual(pusher.documents, HELD);
});
