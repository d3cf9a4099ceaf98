import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { serveFolder } from "../../pkg/cli/page/static-server.js";
import { serveAdminPage } from "../../scripts/page/admin-page.js";

const folder = mkdtempSync(join(tmpdir(), "push-source-status-served-"));
after(() => rmSync(folder, { recursive: true }));
for (const name of [
  "outside.js",
  "site/index.html",
  "site/empty.css",
  "site/a b.js",
  "site/odd",
  "site/.hidden.js",
  "site/.git/x.js",
  "site/in/x.js",
  "site/inside.js",
]) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), name.endsWith(".css") ? "" : name);
}

async function serve(t, options) {
  const server = await serveFolder(join(folder, "site"), options);
  t.after(() => server.close());
  return server;
}

/** Requests a path exactly as written. `fetch` would normalize it, and ask for compression. */
async function get({ url }, path, { method = "GET", headers } = {}) {
  const { hostname, port } = new URL(url);
  const sent = request({ hostname, port, path, method, headers, agent: false }).end();
  const [response] = await once(sent, "response");
  const body = Buffer.concat(await response.toArray());
  return { status: response.statusCode, headers: response.headers, body };
}

test("files are served with their types", async (t) => {
  const server = await serve(t);
  for (const [path, type, text] of [
    ["/", "text/html; charset=utf-8", "site/index.html"],
    ["/index.html?a=1", "text/html; charset=utf-8", "site/index.html"],
    ["/a%20b.js", "text/javascript; charset=utf-8", "site/a b.js"],
    ["/empty.css", "text/css; charset=utf-8", ""],
    ["/odd", "application/octet-stream", "site/odd"],
  ]) {
    const { status, headers, body } = await get(server, path);
    assert.deepEqual([status, headers["content-type"], body.toString()], [200, type, text], path);
    assert.equal(headers["x-content-type-options"], "nosniff");
  }
});

test("what is hidden, missing, a folder or outside is not found", async (t) => {
  const server = await serve(t);
  for (const path of [
    "/missing.js",
    "/in",
    "/in/",
    "/.hidden.js",
    "/.git/x.js",
    "/%2egit/x.js",
    "/../outside.js",
    "/%2e%2e/outside.js",
    "/..%2foutside.js",
    "/in/..%2f..%2foutside.js",
    "/..%5coutside.js",
    "/index.html%00",
    "/%",
    "//",
  ]) {
    assert.equal((await get(server, path)).status, 404, path);
  }
});

test("only the folders that are asked for are served", async (t) => {
  const server = await serve(t, { only: ["in"] });
  const statuses = await Promise.all(["/in/x.js", "/inside.js", "/"].map((path) => get(server, path)));
  assert.deepEqual(
    statuses.map(({ status }) => status),
    [200, 404, 404],
  );
});

test("an answer is compressed for who can read that", async (t) => {
  const server = await serve(t);
  const { headers, body } = await get(server, "/", { headers: { "Accept-Encoding": "br, gzip" } });
  assert.equal(headers["content-encoding"], "gzip");
  assert.equal(gunzipSync(body).toString(), "site/index.html");
  assert.equal((await get(server, "/")).headers["content-encoding"], undefined);
});

test("HEAD has the head alone, and any other method is refused", async (t) => {
  const server = await serve(t);
  const head = await get(server, "/", { method: "HEAD" });
  assert.deepEqual([head.status, head.body.length], [200, 0]);
  const post = await get(server, "/", { method: "POST" });
  assert.deepEqual([post.status, post.headers.allow], [405, "GET, HEAD"]);
});

test("headers that are asked for are on every answer", async (t) => {
  const server = await serve(t, { headers: { "Cache-Control": "no-store" } });
  for (const path of ["/", "/missing"]) {
    assert.equal((await get(server, path)).headers["cache-control"], "no-store", path);
  }
});

test("the admin page is served under its policy, and nothing of the repository but the page and the package", async (t) => {
  const server = await serveAdminPage();
  t.after(() => server.close());
  const page = await get(server, "/www/");
  assert.equal(page.status, 200);
  assert.match(
    page.headers["content-security-policy"],
    /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/,
  );
  assert.equal(page.headers["cache-control"], "no-store");
  assert.equal((await get(server, "/pkg/package.json")).status, 200);
  for (const path of ["/", "/package.json", "/src/lib.rs", "/node_modules/esbuild/package.json"]) {
    assert.equal((await get(server, path)).status, 404, path);
  }
});
