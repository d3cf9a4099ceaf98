import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";

import { certificates } from "../faults/certificates.js";
import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "./connect.js";
import { assertSays, failureOf } from "./failure.js";
import { runProgram } from "./program.js";
import { SOURCE } from "./sample.js";

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

/** What happens in a process that trusts the certificate, as the hint says how to. */
async function callTrusting(t, certificate, endpoint) {
  const directory = await mkdtemp(join(tmpdir(), "certificate-"));
  t.after(() => rm(directory, { recursive: true }));
  const file = join(directory, "ca.pem");
  await writeFile(file, certificate.cert);
  const { code, stdout, stderr } = await runProgram(
    t,
    `
    const client = new StatusClient({ organizationId: ORGANIZATION, accessToken: TOKEN, endpoint: process.argv[1] });
    const result = await client.setStatus(SOURCE, "REBUILD").catch(({ code, attempts, outcome, cause }) => ({
      code, attempts, outcome, cause: cause?.code,
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
  "has expired": [certificates.expired, "CERT_HAS_EXPIRED"],
  "is not valid yet": [certificates.notYetValid, "CERT_NOT_YET_VALID"],
  "is made out to another host": [certificates.otherHost, "ERR_TLS_CERT_ALTNAME_INVALID"],
};

for (const [what, [certificate, cause]] of Object.entries(untrusted)) {
  test(`row 40: a certificate of a known issuer that ${what}: final, not applied`, async (t) => {
    const server = await startFaultServer(t, [], { tls: certificate });
    assert.deepEqual(await callTrusting(t, certificate, server.endpoint), {
      code: "network",
      attempts: 1,
      outcome: "not_applied",
      cause,
    });
  });
}
