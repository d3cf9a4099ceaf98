import assert from "node:assert/strict";
import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { startEmulator } from "push-source-status/emulator";
import { capture } from "../../scripts/command.js";
import { root } from "../../scripts/project.js";

const organizationId = "my-organization";
const sourceId = "my-sandbox-source";
const token = "xx11111111-1111-1111-1111-111111111111";

/** Starts a stand-in for the real service, and the command that tries it. */
async function setUp(t) {
  const folder = await mkdtemp(join(tmpdir(), "push-source-status-acceptance-"));
  t.after(() => rm(folder, { recursive: true }));
  const service = await startEmulator({
    organizations: [organizationId],
    sources: [sourceId],
    tokens: [token],
  });
  t.after(() => service.close());
  await writeFile(join(folder, "token"), `${token}\n`);
  const record = join(folder, "record.json");
  const accept = async (answer) => {
    const answers = join(folder, "answers");
    await writeFile(answers, `${answer}\n`);
    const stdin = await open(answers);
    const command = [process.execPath, join(root, "scripts", "acceptance.js")];
    const target = ["--organization", organizationId, "--source", sourceId, "--endpoint", service.endpoint];
    const files = ["--token-file", join(folder, "token"), "--record", record];
    try {
      return await capture([...command, ...target, ...files], { stdio: [stdin.fd, "pipe", "pipe"] });
    } finally {
      await stdin.close();
    }
  };
  return { service, accept, record };
}

test("a service that answers as documented is accepted, and its answers are kept without the token", async (t) => {
  const { service, accept, record } = await setUp(t);
  const { status, output } = await accept("yes");
  assert.equal(status, 0, output);
  assert.match(output, /The service answers as docs\/push-api\.md describes/);
  const log = service.activities(sourceId);
  assert.deepEqual(
    log.map(({ statusType, state }) => [statusType, state]),
    [["INCREMENTAL", "completed"]],
  );
  const kept = await readFile(record, "utf8");
  assert.equal(JSON.parse(kept).seen.length, 10);
  assert.doesNotMatch(kept + output, new RegExp(token));
});

test("what a service answers otherwise is named", async (t) => {
  const { service, accept } = await setUp(t);
  service.failNext({ status: 403, times: 1 });
  const { status, output } = await accept("yes");
  assert.equal(status, 1, output);
  assert.match(output, /DIFFERS {2}no token .*\n {9}httpStatus 403, not 401/);
});

test("without a yes nothing is sent", async (t) => {
  const { service, accept } = await setUp(t);
  const { status, output } = await accept("no");
  assert.equal(status, 1);
  assert.match(output, /nothing was sent/);
  assert.deepEqual(service.requests, []);
});
