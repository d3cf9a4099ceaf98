import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "../node/connect.js";
import { StatusClient } from "../node/package.js";
import { ORGANIZATION, SOURCE, TOKEN } from "../node/sample.js";
import { reportOf } from "./child.js";
import { thisNode } from "./runtimes.js";

const names = [
  "endpoint",
  "region",
  "environment",
  "fetch",
  "onEvent",
  "onProgress",
  "journal",
  "insecureHttp",
  "signal",
  "attemptTimeoutMs",
  "totalTimeoutMs",
  "closeTimeoutMs",
  "concurrency",
  "retry",
  "attempts",
  "baseDelayMs",
  "maxDelayMs",
  "unknownOutcome",
  "gracePeriodMs",
  "onActivationFailure",
  "accessToken",
  "organizationId",
  "sourceId",
  "statusType",
];

for (const [where, isForeign] of Object.entries({
  "Object.prototype": false,
  "that of another realm": true,
})) {
  for (const name of names) {
    test(`row 51: ${name} on ${where} is no option`, async (t) => {
      const server = await startFaultServer(t, () => reply({ body: "{}" }));
      // Any request to this server fails the test.
      const evil = await startFaultServer(t, []);
      const args = { endpoint: server.endpoint, evil: evil.endpoint, name, isForeign };
      assert.deepEqual(await reportOf(t, thisNode, "prototype.js", { args }), []);
      assert.equal(evil.connections, 0);
    });
  }
}

test("row 51: options made by a class, with getters that are inherited, are read", async (t) => {
  const server = await startFaultServer(t, [reply()]);
  class Base {
    get organizationId() {
      return ORGANIZATION;
    }
    get endpoint() {
      return server.endpoint;
    }
  }
  class Settings extends Base {
    accessToken = TOKEN;
  }
  const client = new StatusClient(new Settings());
  t.after(() => client.free());
  await client.setStatus(SOURCE, "IDLE");
});

test("row 51: options that inherit from a plain object, or from nothing, are read", async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const options = { organizationId: ORGANIZATION, accessToken: TOKEN, endpoint: server.endpoint };
  for (const object of [Object.create(options), Object.assign(Object.create(null), options)]) {
    const client = new StatusClient(object);
    t.after(() => client.free());
    await client.setStatus(SOURCE, "IDLE");
  }
});

test("row 51: an inherited signal of a class of call options is heard", async (t) => {
  const client = connect(t, await startFaultServer(t, []));
  const reason = new Error("enough");
  class Options {
    get signal() {
      return AbortSignal.abort(reason);
    }
  }
  await assert.rejects(client.setStatus(SOURCE, "IDLE", new Options()), reason);
});
