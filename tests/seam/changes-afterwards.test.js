import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "../node/connect.js";
import { StatusClient } from "../node/package.js";
import { ORGANIZATION, SOURCE, sources, TOKEN } from "../node/sample.js";

const ELSE = "somebody-elses-source";

/** Answers sources with an even number by 404, so that there are failures too. */
const answer = ({ sourceId }) => reply({ status: Number(sourceId.at(-1)) % 2 === 0 ? 404 : 201, body: "{}" });

const rowsOf = (ids) => ids.map((sourceId) => ({ sourceId, statusType: "IDLE" }));

const asked = (ids) => ids.map((sourceId) => [sourceId, "IDLE"]);

const said = (results) => results.map(({ sourceId, statusType }) => [sourceId, statusType]);

const changes = {
  "its rows": (rows) => {
    for (const row of rows) Object.assign(row, { sourceId: ELSE, statusType: "REBUILD" });
  },
  "the order of its rows": (rows) => rows.reverse(),
  "the number of its rows": (rows) => {
    rows.length = 1;
  },
  "what its rows have": (rows) => {
    for (const row of rows) {
      delete row.sourceId;
      delete row.statusType;
    }
  },
  "how its rows are read": (rows) => {
    for (const row of rows) {
      Object.defineProperty(row, "sourceId", {
        get() {
          throw new Error("too late");
        },
      });
    }
  },
};

for (const [what, change] of Object.entries(changes)) {
  for (const when of ["at once", "with the first result"]) {
    test(`row 57: ${what} changed by the caller ${when}: the results say what was asked for`, async (t) => {
      const ids = [...sources(20), "../refused"];
      const server = await startFaultServer(t, answer);
      const client = connect(t, server, { concurrency: 2 });
      const rows = rowsOf(ids);
      const told = [];
      const onProgress = ({ result }) => {
        if (told.length === 0 && when === "with the first result") change(rows);
        told.push(result);
      };
      const call = client.setStatuses(rows, { onProgress });
      if (when === "at once") change(rows);
      const results = await call;
      assert.deepEqual(said(results), asked(ids));
      assert.deepEqual(said(told).toSorted(), asked(ids).toSorted());
      for (const { ok, update, error, sourceId } of results.slice(0, -1))
        assert.equal((ok ? update : error).sourceId, sourceId);
      assert.deepEqual(server.requests.map(({ sourceId }) => sourceId).toSorted(), sources(20));
    });
  }
}

test("row 57: a client's options changed by the caller afterwards change nothing", async (t) => {
  const [server, other] = [
    await startFaultServer(t, [reply({ status: 500 }), reply()]),
    await startFaultServer(t, []),
  ];
  const options = {
    organizationId: ORGANIZATION,
    accessToken: TOKEN,
    endpoint: server.endpoint,
    retry: { attempts: 2, baseDelayMs: 1 },
    fetch: (...args) => fetch(...args),
    onEvent: () => {},
  };
  const client = new StatusClient(options);
  t.after(() => client.free());
  const fail = () => assert.fail("what was changed afterwards is used");
  Object.assign(options.retry, { attempts: 1, baseDelayMs: "broken" });
  Object.assign(options, {
    accessToken: fail,
    endpoint: other.endpoint,
    fetch: fail,
    onEvent: fail,
    concurrency: 0,
  });
  assert.equal((await client.setStatus(SOURCE, "IDLE")).attempts, 2);
  assert.equal(server.requests[0].header("authorization"), `Bearer ${TOKEN}`);
});

test("row 57: a call's options changed by the caller afterwards change nothing", async (t) => {
  const server = await startFaultServer(t, () => reply());
  const client = connect(t, server);
  const calls = [
    (options) => client.setStatus(SOURCE, "IDLE", options),
    (options) => client.setStatuses(rowsOf(sources(2)), options),
    (options) => client.runActivity(SOURCE, "REBUILD", () => {}, options),
    async (options) => (await client.startActivity(SOURCE, "REBUILD", options)).end(),
  ];
  for (const call of calls) {
    const options = {};
    const called = call(options);
    Object.assign(options, { signal: AbortSignal.abort(), onProgress: "broken", gracePeriodMs: -1 });
    await called;
  }
});
