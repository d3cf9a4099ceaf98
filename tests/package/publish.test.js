import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { capture, npm } from "../../scripts/command.js";
import { repositoryAddress, withAddress, withWholeLinks } from "../../scripts/package/address.js";
import { packageRoot, root } from "../../scripts/project.js";

const ADDRESS = "https://github.com/someone/something";

test("npm finds nothing to warn of in what would be published", async (t) => {
  const registry = createServer((_, response) => response.writeHead(404).end("{}")).listen(0, "127.0.0.1");
  t.after(() => registry.close());
  await once(registry, "listening");
  const host = `127.0.0.1:${registry.address().port}`;

  // Without the user's settings, of which npm may warn. With a token, since npm warns if there is none.
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

test("the package's manifest has the address of the repository, as the build writes it", () => {
  const manifest = readFileSync(join(packageRoot, "package.json"), "utf8");
  assert.equal(withAddress(manifest, repositoryAddress()), manifest);

  const { repository, homepage, bugs } = JSON.parse(withAddress(manifest, ADDRESS));
  assert.deepEqual(repository, { type: "git", url: `git+${ADDRESS}.git` });
  assert.deepEqual([homepage, bugs.url], [`${ADDRESS}#readme`, `${ADDRESS}/issues`]);
  assert.equal(withAddress(withAddress(manifest, ADDRESS), ""), withAddress(manifest, ""));
});

test("each link of the README leads somewhere from the package's page too", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const targets = (text) => [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target);
  const packed = targets(withWholeLinks(readme, ADDRESS, "1.2.3"));
  const expected = targets(readme).map((target) => {
    if (target.startsWith("https://")) return target;
    return `${ADDRESS}/${target.endsWith(".png") ? "raw" : "blob"}/v1.2.3/${target}`;
  });
  assert.ok(expected.length > 10);
  assert.deepEqual(packed, expected);
  assert.equal(withWholeLinks(readme, "", "1.2.3"), readme);
});

for (const [repository, isPublished] of [
  [ADDRESS, true],
  ["", false],
  [`${ADDRESS}-else`, false],
]) {
  const what = isPublished ? "publishes" : "refuses to publish";
  test(`the workflow ${what} with the address "${repository}"`, async (t) => {
    const workflow = readFileSync(join(root, ".github/workflows/publish.yml"), "utf8");
    const [, script] = /- name: Compare the address[^\n]*\n {8}run: \|\n((?: {10}.*\n)+)/.exec(workflow);
    const folder = mkdtempSync(join(tmpdir(), "push-source-status-address-"));
    t.after(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ repository }));
    const env = {
      ...process.env,
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "someone/something",
    };
    const { status, output } = await capture(["bash", "-e", "-c", script], { cwd: folder, env });
    assert.equal(status, isPublished ? 0 : 1, output);
    assert.equal(output.includes("::error::package.json has the repository"), !isPublished);
  });
}
