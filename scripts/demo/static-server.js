import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const contentTypes = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** What the page may do: run its own scripts and the module, and call https or this machine. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self' https: http://127.0.0.1:* http://localhost:*",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * Serves some folders of the repository to this machine alone.
 *
 * @param {{ root: string, folders: string[], port?: number }} options
 * @returns {Promise<{ url: string, close(): void }>}
 */
export async function serveFolders({ root, folders, port = 0 }) {
  const server = createServer(async (request, response) => {
    const { status, headers, body } = await answer(request, root, folders);
    // As every web server that pages are published with does.
    const isCompressed = request.headers["accept-encoding"]?.includes("gzip") === true;
    response.writeHead(status, {
      ...headers,
      ...(isCompressed && { "Content-Encoding": "gzip" }),
      Vary: "Accept-Encoding",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    });
    if (request.method === "HEAD") response.end();
    else response.end(isCompressed ? gzipSync(body) : body);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer({ method, url }, root, folders) {
  if (method !== "GET" && method !== "HEAD") return text(405, "only GET and HEAD", { Allow: "GET, HEAD" });
  const path = filePath(url);
  if (!folders.includes(path?.split("/")[1])) return text(404, "not found");
  const contentType = contentTypes[extname(path)];
  if (contentType === undefined) return text(404, "not found");
  try {
    const body = await readFile(join(root, path));
    const headers = { "Content-Type": contentType, "Content-Security-Policy": contentSecurityPolicy };
    return { status: 200, headers, body };
  } catch {
    return text(404, "not found");
  }
}

/** A path without `..` and hidden names; `undefined` where there is none to be had. */
function filePath(url) {
  try {
    const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
    if (/[\\\0]|\/\./.test(path)) return undefined;
    return path.endsWith("/") ? `${path}index.html` : path;
  } catch {
    return undefined;
  }
}

function text(status, body, headers) {
  return { status, headers: { "Content-Type": "text/plain", ...headers }, body };
}
