import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { freePort } from "../faults/port.js";
import { ORGANIZATION, run, start, TOKEN } from "./command-line.js";

async function serve(t, { args = [], env } = {}) {
  const port = await freePort();
  const child = start(t, ["page", "--port", String(port), ...args], { env });
  const url = `http://127.0.0.1:${port}/`;
  await child.says(new RegExp(`The admin page is at ${url}\n`));
  return { child, url, port };
}

function configurationFile(t, value) {
  const folder = mkdtempSync(join(tmpdir(), "push-source-status-page-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "config.json");
  writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value));
  return path;
}

test("page serves the admin page from the package, with its headers; TERM ends it well", async (t) => {
  const { child, url } = await serve(t);
  const response = await fetch(url);
  assert.match(await response.text(), /<title>Push source status<\/title>/);
  assert.match(
    response.headers.get("content-security-policy"),
    /^default-src 'none'; .*frame-ancestors 'none'$/,
  );
  for (const name of ["page.js", "page.css", "marks.svg", "icon.svg"])
    assert.equal((await fetch(url + name)).status, 200, name);
  assert.equal((await fetch(`${url}../package.json`)).status, 404);
  child.signal("SIGTERM");
  assert.equal((await child.ended).code, 0);
});

test("page answers to this machine's names alone", async (t) => {
  const { port } = await serve(t);
  const asked = async (host) => {
    const [response] = await once(get({ port, host: "127.0.0.1", headers: { host } }), "response");
    response.resume();
    return response.statusCode;
  };
  assert.equal(await asked(`localhost:${port}`), 200);
  for (const host of [`evil.example:${port}`, "127.0.0.1.evil.example"])
    assert.equal(await asked(host), 403, host);
});

test("page on a port that is taken: 1, and never another one", async (t) => {
  const { port } = await serve(t);
  const second = await run(t, ["page", "--port", String(port)]);
  assert.equal(second.code, 1);
  assert.equal(second.stdout, "");
  assert.match(second.stderr, new RegExp(`port ${port} is taken; end what uses it, or choose one by --port`));
});

test("page fills in what the environment names, and never the token", async (t) => {
  const env = { COVEO_ORGANIZATION_ID: ORGANIZATION, COVEO_REGION: "eu", COVEO_ACCESS_TOKEN: TOKEN };
  const path = configurationFile(t, { organizations: [{ organizationId: "another", region: "au" }] });
  const { child, url } = await serve(t, { env, args: ["--config", path] });
  const text = await (await fetch(`${url}config.json`)).text();
  assert.deepEqual(JSON.parse(text), {
    organizations: [{ organizationId: "another", region: "au" }],
    preset: { organizationId: ORGANIZATION, region: "eu" },
  });
  assert.ok(!`${text}${child.stdout}`.includes(TOKEN));
});

for (const [what, value, message] of [
  ["no JSON", "{", /it is not JSON/],
  ["no list", {}, /it has no list "organizations"/],
  [
    "a token",
    { organizations: [{ organizationId: "a", accessToken: "x" }] },
    /"accessToken" does not belong there/,
  ],
  [
    "an endpoint",
    { organizations: [{ organizationId: "a", endpoint: "https://x" }] },
    /"endpoint" does not belong/,
  ],
  [
    "another region",
    { organizations: [{ organizationId: "a", region: "mars" }] },
    /the region of a is not known/,
  ],
  [
    "a source without an id",
    { organizations: [{ organizationId: "a", sources: [{}] }] },
    /the sources of a are not/,
  ],
  ["a preset", { organizations: [], preset: {} }, /"preset" does not belong there/],
]) {
  test(`page refuses a configuration with ${what}`, async (t) => {
    const { code, stderr } = await run(t, ["page", "--config", configurationFile(t, value)]);
    assert.equal(code, 2);
    assert.match(stderr, message);
  });
}
