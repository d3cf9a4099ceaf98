import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "./connect.js";
import { assertSays, failureOf } from "./failure.js";
import { SOURCE, TOKEN } from "./sample.js";

const final = (httpStatus) => ({
  code: "redirected",
  httpStatus,
  attempts: 1,
  outcome: "not_applied",
  sourceId: SOURCE,
  statusType: "REBUILD",
});

for (const status of [301, 302, 303, 307, 308]) {
  test(`row 23: ${status} to the same origin: final, and the target sees nothing`, async (t) => {
    const server = await startFaultServer(t, [reply({ status, headers: { location: "/login" } })]);
    const error = await failureOf(connect(t, server).setStatus(SOURCE, "REBUILD"), final(status));
    assertSays(error, server.host, SOURCE, "REBUILD");
  });

  test(`row 23: ${status} to another origin: final, and the token does not get there`, async (t) => {
    const other = await startFaultServer(t, []);
    const location = `${other.origin}/push/v1/login`;
    const server = await startFaultServer(t, [reply({ status, headers: { location } })]);
    await failureOf(connect(t, server).setStatus(SOURCE, "REBUILD"), final(status));
    assert.equal(other.connections, 0);
  });

  test(`row 23: ${status} to itself, a loop: final after one request`, async (t) => {
    const server = await startFaultServer(t, [
      reply((entry) => ({ status, headers: { location: entry.target } })),
    ]);
    await failureOf(connect(t, server).setStatus(SOURCE, "REBUILD"), final(status));
  });
}

for (const status of [300, 304, 305, 399]) {
  test(`row 23: ${status}: final too`, async (t) => {
    const server = await startFaultServer(t, [reply({ status })]);
    await failureOf(connect(t, server).setStatus(SOURCE, "REBUILD"), final(status));
  });
}

test("row 23: a target with the token in it is not repeated", async (t) => {
  const location = `https://login.example/?token=${TOKEN}`;
  const server = await startFaultServer(t, [reply({ status: 302, headers: { location } })]);
  await failureOf(connect(t, server).setStatus(SOURCE, "REBUILD"), final(302));
});
