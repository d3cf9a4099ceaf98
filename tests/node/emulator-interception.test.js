import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { StatusClient } from "./package.js";
import { startedEmulator } from "./started-emulator.js";

const AUTHORIZATION = { Authorization: "Bearer my-secret-token" };
const STATUS = "organizations/my-org/sources/my-source/status?statusType=IDLE";

const REAL = [
  "https://push.cloud.coveo.com/v1",
  "https://pushhipaa.cloud.coveo.com/v1",
  "https://api.cloud.coveo.com/push/v1",
  "https://api-eu.cloud.coveo.com/push/v1",
  "https://api-eu.cloud.coveo.com:443/push/v1",
  "https://apihipaa.cloud.coveo.com/push/v1",
  "https://apistg-au.cloud.coveo.com/push/v1",
  "HTTPS://API.Cloud.Coveo.com/push/v1",
];

async function intercepted(t, options) {
  const emulator = await startedEmulator(t, options);
  const interception = emulator.interceptFetch();
  t.after(() => interception.dispose());
  return { emulator, interception };
}

test("calls to the real hosts come to the emulator, as text, URL or Request", async (t) => {
  const { emulator } = await intercepted(t);
  const init = { method: "POST", headers: AUTHORIZATION };
  for (const endpoint of REAL) {
    for (const input of [`${endpoint}/${STATUS}`, new URL(`${endpoint}/${STATUS}`)]) {
      assert.equal((await fetch(input, init)).status, 201, endpoint);
    }
    assert.equal((await fetch(new Request(`${endpoint}/${STATUS}`, init))).status, 201, endpoint);
  }
  assert.equal(emulator.requests.length, 3 * REAL.length);
});

test("a Request keeps its body, its headers and its signal, and init still wins", async (t) => {
  const { emulator } = await intercepted(t);
  const content = { "Content-Type": "application/json", ...AUTHORIZATION };
  const url = "https://api.cloud.coveo.com/push/v1/organizations/o/sources/s/documents?documentId=a:1";
  await fetch(new Request(url, { method: "PUT", headers: content, body: '{"data":"One"}' }));
  assert.equal(emulator.documents("s").get("a:1").data, "One");
  await fetch(new Request(url, { method: "PUT", headers: content, body: "{}" }), {
    method: "DELETE",
    body: null,
  });
  assert.deepEqual([...emulator.documents("s")], []);
  const request = new Request(url, {
    method: "PUT",
    body: "{}",
    signal: AbortSignal.abort(new Error("enough")),
  });
  await assert.rejects(fetch(request), { message: "enough" });
});

test("what is not emulated reaches no real host either", async (t) => {
  await intercepted(t);
  for (const host of ["platform.cloud.coveo.com", "my-org.org.coveo.com", "api.cloud.coveo.com"]) {
    assert.equal((await fetch(`https://${host}/rest/organizations/my-org/sources`)).status, 501, host);
  }
});

/** Replaces the host's fetch, and records the addresses: no test may call them. */
function recordedFetch(t) {
  const before = globalThis.fetch;
  t.after(() => (globalThis.fetch = before));
  const asked = [];
  globalThis.fetch = async (input) => {
    asked.push(input);
    return new Response();
  };
  return asked;
}

const OTHERS = [
  "https://notcoveo.com/",
  "https://api.cloud.notcoveo.com/",
  "https://api.cloud.coveo.com.example/",
  "https://example/https://api.cloud.coveo.com/",
  "https://example/?https://api.cloud.coveo.com/",
  "https://api.cloud.coveo.com@example/",
  "https://api.cloud.coveo.com:8443/",
  "no address",
];

test("other hosts are left alone, also those that only look like it", async (t) => {
  const asked = recordedFetch(t);
  await intercepted(t);
  const request = new Request("https://example/");
  for (const input of [...OTHERS, request]) await fetch(input);
  assert.deepEqual(asked, [...OTHERS, request]);
});

test("disposing gives back the very fetch that was there, and may be done again", async (t) => {
  const before = globalThis.fetch;
  const { interception } = await intercepted(t);
  assert.notEqual(globalThis.fetch, before);
  interception.dispose();
  assert.equal(globalThis.fetch, before);
  const later = (await intercepted(t)).interception;
  interception[Symbol.dispose]();
  assert.notEqual(globalThis.fetch, before);
  later[Symbol.dispose]();
  assert.equal(globalThis.fetch, before);
});

test("of two interceptions the later one counts, in whatever order they end", async (t) => {
  const before = globalThis.fetch;
  const [first, second] = [await intercepted(t), await intercepted(t)];
  const call = () => fetch(`${REAL[0]}/${STATUS}`, { method: "POST", headers: AUTHORIZATION });
  await call();
  first.interception.dispose();
  await call();
  assert.deepEqual([first.emulator.requests.length, second.emulator.requests.length], [0, 2]);
  second.interception.dispose();
  assert.equal(globalThis.fetch, before);
});

test("a fetch that somebody kept passes on what it gets, once the interception has ended", async (t) => {
  const asked = recordedFetch(t);
  const { interception } = await intercepted(t);
  const kept = globalThis.fetch;
  interception.dispose();
  await kept(`${REAL[0]}/${STATUS}`);
  assert.deepEqual(asked, [`${REAL[0]}/${STATUS}`]);
});

test("a client of this package with a region comes to the emulator too", async (t) => {
  const { emulator } = await intercepted(t);
  const client = new StatusClient({ organizationId: "my-org", accessToken: "my-secret-token", region: "eu" });
  await client.setStatus("my-source", "REBUILD");
  assert.equal(emulator.activities("my-source").length, 1);
});

const skip =
  Number(process.versions.node.split(".")[0]) < 24 && `NOT RUN: Node ${process.versions.node} has no using`;

test("with `using`, where the language has it", { skip }, async () => {
  const module = new URL("../../pkg/emulator/index.js", import.meta.url).href;
  const program = `
    import { startEmulator } from ${JSON.stringify(module)};
    await using emulator = await startEmulator();
    const before = fetch;
    { using interception = emulator.interceptFetch(); console.log(fetch === before); }
    console.log(fetch === before);`;
  const run = promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program]);
  assert.equal((await run).stdout, "false\ntrue\n");
});
