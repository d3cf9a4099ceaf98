import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { capture, npm } from "../../scripts/command.js";
import { packageRoot } from "../../scripts/project.js";

test("npm finds nothing to warn of in what would be published", async (t) => {
  const registry = createServer((_, response) => response.writeHead(404).end("{}")).listen(0, "127.0.0.1");
  t.after(() => registry.close());
  await once(registry, "listening");
  const host = `127.0.0.1:${registry.address().port}`;

  // Not with the user's own settings: npm warns of those, too. And with a token, since it warns where there is none.
  const own = ([name]) => /^npm_config_/i.test(name);
  const env = Object.fromEntries(Object.entries(process.env).filter((entry) => !own(entry)));
  const folder = mkdtempSync(join(tmpdir(), "push-source-status-publish-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const settings = join(folder, "npmrc");
  writeFileSync(settings, `//${host}/:_authToken=any\n`);
  const options = ["--dry-run", `--registry=http://${host}/`, `--userconfig=${settings}`, "--loglevel=warn"];

  const { status, output } = await capture(npm("publish", ...options), { cwd: packageRoot, env });
  assert.equal(status, 0, output);
  assert.match(output, /^\+ push-source-status@/m);
  assert.doesNotMatch(output, /warn|error/i);
});
