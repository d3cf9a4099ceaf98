import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "./connect.js";
import { StatusClient } from "./package.js";
import { ORGANIZATION, SOURCE, TOKEN } from "./sample.js";
import { assertNoToken } from "./secrets.js";

// The sample request of the service's documentation.
const DEFAULT_BASE = "https://push.cloud.coveo.com/v1";
const PATH = `/organizations/${ORGANIZATION}/sources/${SOURCE}/status?statusType=REFRESH`;

const lowerCased = (headers) => headers.map(([name, value]) => [name.toLowerCase(), value]);

test("the wire: exactly the documented request, and nothing beside it but what fetch adds", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  await connect(t, server).setStatus(SOURCE, "REFRESH");
  await fetch(server.endpoint + PATH, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json",
      Authorization: `Bearer ${TOKEN}`,
    },
    body: "{}",
  });

  const [sent, bare] = server.requests;
  assert.deepEqual([sent.method, sent.target, sent.version], ["POST", `/push/v1${PATH}`, "1.1"]);
  assert.equal(sent.header("content-type"), "application/json");
  assert.equal(sent.header("accept"), "application/json");
  assert.equal(sent.header("authorization"), `Bearer ${TOKEN}`);
  assert.equal(sent.header("content-length"), "2");
  assert.equal(sent.body, "{}");
  assert.deepEqual(lowerCased(sent.headers).sort(), lowerCased(bare.headers).sort());
});

test("the wire: each of the four statuses, and both ways to order a source's id", async (t) => {
  const server = await startFaultServer(t, Array(8).fill(reply()));
  const client = connect(t, server);
  const targets = [];
  for (const sourceId of [SOURCE, `rp5rxzbdz753uhndklv2ztkfgy-${ORGANIZATION}`]) {
    for (const statusType of ["REBUILD", "REFRESH", "INCREMENTAL", "IDLE"]) {
      await client.setStatus(sourceId, statusType);
      targets.push(
        `/push/v1/organizations/${ORGANIZATION}/sources/${sourceId}/status?statusType=${statusType}`,
      );
    }
  }
  assert.deepEqual(
    server.requests.map(({ target }) => target),
    targets,
  );
});

for (const suffix of ["", "/", "/v1", "/push/v1/"]) {
  test(`the wire: an endpoint that ends in ${JSON.stringify(suffix)}`, async (t) => {
    const server = await startFaultServer(t, [reply()]);
    await connect(t, server, { endpoint: server.origin + suffix }).setStatus(SOURCE, "REFRESH");
    assert.equal(server.requests[0].target, suffix.replace(/\/$/, "") + PATH);
  });
}

function requestWith(options) {
  const client = new StatusClient({ organizationId: ORGANIZATION, accessToken: TOKEN, ...options });
  try {
    return client.request(SOURCE, "REFRESH");
  } finally {
    client.free();
  }
}

test("request: with no region, the documented request as plain data, the token masked", () => {
  const { headers, ...rest } = requestWith({});
  assert.deepEqual(rest, { method: "POST", url: DEFAULT_BASE + PATH, body: "{}" });
  const byName = Object.fromEntries(lowerCased(Object.entries(headers)));
  assert.deepEqual(Object.keys(byName).sort(), ["accept", "authorization", "content-type"]);
  assert.deepEqual([byName["content-type"], byName.accept], ["application/json", "application/json"]);
  assert.match(byName.authorization, /^Bearer \S+$/);
});

test("request: the token is in none of it, and nor is it where a function would give it", () => {
  let asked = 0;
  const accessToken = () => {
    asked += 1;
    return TOKEN;
  };
  for (const options of [{}, { accessToken }]) {
    const request = requestWith(options);
    assertNoToken(request, TOKEN);
    assert.equal(Object.getPrototypeOf(request), Object.prototype);
    assert.deepEqual(structuredClone(request), request);
  }
  assert.equal(asked, 0);
});

const bases = [
  [{}, DEFAULT_BASE],
  [{ region: undefined, environment: undefined, endpoint: undefined }, DEFAULT_BASE],
  [{ region: "us" }, "https://api.cloud.coveo.com/push/v1"],
  [{ region: "ca" }, "https://api-ca.cloud.coveo.com/push/v1"],
  [{ region: "eu" }, "https://api-eu.cloud.coveo.com/push/v1"],
  [{ region: "au" }, "https://api-au.cloud.coveo.com/push/v1"],
  [{ environment: "production" }, "https://api.cloud.coveo.com/push/v1"],
  [{ environment: "production", region: "eu" }, "https://api-eu.cloud.coveo.com/push/v1"],
  [{ environment: "hipaa" }, "https://apihipaa.cloud.coveo.com/push/v1"],
  [{ environment: "staging" }, "https://apistg.cloud.coveo.com/push/v1"],
  [{ environment: "staging", region: "eu" }, "https://apistg-eu.cloud.coveo.com/push/v1"],
  [{ environment: "development", region: "us" }, "https://apidev.cloud.coveo.com/push/v1"],
  [{ environment: "development", region: "au" }, "https://apidev-au.cloud.coveo.com/push/v1"],
  [{ endpoint: "https://api-eu.cloud.coveo.com/push/v1" }, "https://api-eu.cloud.coveo.com/push/v1"],
  [{ endpoint: "https://api-eu.cloud.coveo.com/push/v1/" }, "https://api-eu.cloud.coveo.com/push/v1"],
  [{ endpoint: "https://push.cloud.coveo.com/v1" }, DEFAULT_BASE],
  [{ endpoint: "https://proxy.example:8443/coveo" }, "https://proxy.example:8443/coveo"],
  [{ endpoint: "http://localhost:8080/push/v1" }, "http://localhost:8080/push/v1"],
  [{ endpoint: "http://[::1]:8080/push/v1" }, "http://[::1]:8080/push/v1"],
];

for (const [options, base] of bases) {
  test(`request: ${JSON.stringify(options)} is at ${base}`, () => {
    assert.equal(requestWith(options).url, base + PATH);
  });
}
