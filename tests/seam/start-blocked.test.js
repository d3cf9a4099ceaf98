import assert from "node:assert/strict";
import test from "node:test";
import { fileURLToPath } from "node:url";

import { serveFolder } from "../../pkg/cli/page/static-server.js";
import { root } from "../../scripts/project.js";
import { browser, browserTest } from "../browser/browser.js";
import { reportOf, runCommand } from "./child.js";
import { nodes } from "./runtimes.js";

/** Fails unless each use was refused with this remedy and none of the others. */
function assertRefused(told, remedy, ...others) {
  assert.equal(told.length, 3);
  for (const { isStatusError, code, hint, message } of told) {
    assert.deepEqual([isStatusError, code], [true, "not_supported"]);
    assert.match(hint, remedy);
    for (const other of others) assert.doesNotMatch(`${hint} ${message}`, other);
  }
}

const JIT = /jitless/;
const MEMORY = /address space|ulimit|memory/i;
const POLICY = /wasm-unsafe-eval/;

for (const runtime of nodes) {
  test(`row 60, in ${runtime.name} with --jitless: not_supported, with the remedy`, async (t) => {
    const told = await reportOf(t, runtime, "blocked.js", { options: ["--jitless"] });
    assertRefused(told, JIT, POLICY, /ulimit|address space/);
  });
}

/** An address space that is enough for Node itself, but less than Node reserves for the memory of a module. */
const ADDRESS_SPACE_KB = 6_000_000;

// Later lines of Node need less.
for (const runtime of nodes.slice(0, 2)) {
  const skip = process.platform !== "linux" && "the limit is Linux's";
  test(`row 60, in ${runtime.name} with little address space: not_supported, with the remedy`, {
    skip,
  }, async (t) => {
    const file = fileURLToPath(new URL("programs/blocked.js", import.meta.url));
    const script = `ulimit -v ${ADDRESS_SPACE_KB}; exec "$@"`;
    const command = ["sh", "-c", script, "sh", ...(await runtime.command()), file];
    const { code, stdout, stderr } = await runCommand(t, command);
    assert.equal(code, 0, stderr);
    assertRefused(JSON.parse(stdout), MEMORY, POLICY, JIT);
  });
}

browserTest("row 60: a page whose Content-Security-Policy has no 'wasm-unsafe-eval': the same", async (t) => {
  const pages = "tests/browser/plain-site";
  const headers = { "Content-Security-Policy": "default-src 'none'; script-src 'self'" };
  const { url, close } = await serveFolder(root, { only: [pages, "pkg"], headers });
  t.after(close);
  const page = await (await browser()).newPage();
  t.after(() => page.close());
  await page.goto(`${url}/${pages}/first.html`);
  const told = await page.evaluate(async () => {
    const { StatusClient, StatusError, statuses } = await import("/pkg/dist/index.js");
    const options = { organizationId: "my-organization", accessToken: "my-token" };
    const uses = [() => new StatusClient(options), statuses, () => new StatusClient(options)];
    return uses.map((use) => {
      try {
        return { started: typeof use() };
      } catch (error) {
        const { code, hint, message } = error;
        return { isStatusError: error instanceof StatusError, code, hint, message };
      }
    });
  });
  assertRefused(told, POLICY, JIT, /ulimit|address space/);
});
