import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { createServer as createTlsServer } from "node:tls";

import { certificates } from "../faults/certificates.js";
import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "../node/connect.js";
import { assertSays, failureOf } from "../node/failure.js";
import { runProgram } from "../node/program.js";
import { SOURCE } from "../node/sample.js";

test("row 40: a certificate that is not trusted: final, not applied, with the remedy", async (t) => {
  const server = await startFaultServer(t, [], { tls: certificates.valid });
  const error = await failureOf(connect(t, server).setStatus(SOURCE, "REBUILD"), {
    code: "network",
    httpStatus: undefined,
    attempts: 1,
    outcome: "not_applied",
    sourceId: SOURCE,
  });
  assert.equal(error.cause.code, "DEPTH_ZERO_SELF_SIGNED_CERT");
  assertSays(error, server.host, SOURCE, "REBUILD", /certificate/i);
  assert.match(error.hint, /NODE_EXTRA_CA_CERTS/);
});

/** Makes a call in a process that trusts the certificate, in the way that the hint recommends. */
async function callTrusting(t, certificate, endpoint) {
  const directory = await mkdtemp(join(tmpdir(), "certificate-"));
  t.after(() => rm(directory, { recursive: true }));
  const file = join(directory, "ca.pem");
  await writeFile(file, certificate.cert);
  const { code, stdout, stderr } = await runProgram(
    t,
    `
    const client = new StatusClient({ organizationId: ORGANIZATION, accessToken: TOKEN, endpoint: process.argv[1] });
    const result = await client.setStatus(SOURCE, "REBUILD").catch(({ code, attempts, outcome, hint, message, cause }) => ({
      code, attempts, outcome, hint, message, cause: cause?.code,
    }));
    console.log(JSON.stringify(result));`,
    { args: [endpoint], env: { NODE_EXTRA_CA_CERTS: file } },
  );
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

test("row 40: the remedy of the hint works", async (t) => {
  const server = await startFaultServer(t, [reply()], { tls: certificates.valid });
  const update = await callTrusting(t, certificates.valid, server.endpoint);
  assert.deepEqual([update.httpStatus, update.attempts], [201, 1]);
});

const untrusted = {
  "has expired": [certificates.expired, "CERT_HAS_EXPIRED", /expired|date|clock/i],
  "is not valid yet": [certificates.notYetValid, "CERT_NOT_YET_VALID", /not valid yet|date|clock/i],
  "is made out to another host": [certificates.otherHost, "ERR_TLS_CERT_ALTNAME_INVALID", /name|host/i],
};

for (const [what, [certificate, cause, remedy]] of Object.entries(untrusted)) {
  test(`rows 40 and 55: a certificate of a known issuer that ${what}: final, not applied, and the hint fits`, async (t) => {
    const server = await startFaultServer(t, [], { tls: certificate });
    const { hint, message, ...error } = await callTrusting(t, certificate, server.endpoint);
    assert.deepEqual(error, { code: "network", attempts: 1, outcome: "not_applied", cause });
    assert.match(hint, remedy);
    assert.doesNotMatch(`${hint} ${message}`, /NODE_EXTRA_CA_CERTS/);
  });
}

/** Fails unless a call ends for good after one attempt, without being applied. Returns its error. */
async function refusedFinally(t, port) {
  const client = connect(t, { endpoint: `https://127.0.0.1:${port}/push/v1` });
  const error = await failureOf(client.setStatus(SOURCE, "REBUILD"), {
    code: "network",
    attempts: 1,
    outcome: "not_applied",
  });
  assert.doesNotMatch(`${error.hint} ${error.message}`, /NODE_EXTRA_CA_CERTS/);
  return error;
}

/** Resolves with the port of a server, which is closed with all of its connections after the test. */
async function listening(t, server) {
  const sockets = new Set();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return server.address().port;
}

test("row 55: https to a server that speaks http: final, and the hint names the protocol", async (t) => {
  const port = await listening(t, createHttpServer());
  const error = await refusedFinally(t, port);
  assert.match(error.hint, /\bhttp\b/);
});

test("row 55: https to a server that says something first, which is no TLS: the same", async (t) => {
  const server = createServer((socket) => socket.end("220 mail.example ESMTP ready\r\n"));
  const error = await refusedFinally(t, await listening(t, server));
  assert.match(error.hint, /protocol|TLS|https?\b/i);
});

test("row 55: a server that knows TLS 1.0 alone: final, and the hint names the protocol", async (t) => {
  const old = { minVersion: "TLSv1", maxVersion: "TLSv1", ciphers: "DEFAULT:@SECLEVEL=0" };
  const server = createTlsServer({ ...certificates.valid, ...old });
  server.on("tlsClientError", () => {});
  const error = await refusedFinally(t, await listening(t, server));
  assert.match(error.hint, /TLS|protocol/i);
});
