import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { root } from "../../scripts/project.js";

/**
 * A site of empty pages that any browser may keep in its back/forward cache, unlike the admin page, which asks that
 * nothing be stored. The package is served beside them.
 */
export async function startPlainSite(t) {
  const server = createServer(async ({ url }, response) => {
    const isScript = /^\/pkg\/dist\/[\w-]+\.js$/.test(url);
    response.setHeader("Content-Type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? await readFile(join(root, url)) : "<!doctype html><title>page</title>");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${server.address().port}`;
}
