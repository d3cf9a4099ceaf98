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
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/**
 * Serves a folder, except its hidden files, to this machine only. Requests for any host name but this machine's are
 * refused: a foreign site could point its own name at this address, and read the files.
 *
 * @param {string} folder
 * @param {{ port?: number, only?: string[], headers?: Record<string, string>, made?: Record<string, string> }}
 *   [options] `port`: a free one by default; `only`: the subfolders that are served; `headers`: additional headers of
 *   every answer; `made`: the contents of generated files, by their paths
 * @returns {Promise<{ url: string, close(): void }>} `url`: the origin, without a trailing slash
 */
export async function serveFolder(folder, { port = 0, only, headers, made } = {}) {
  const server = createServer(async (request, response) => {
    const { status, body, ...own } = await answer(request, { folder, only, made });
    // Compressed, as by the usual web servers.
    const isCompressed = request.headers["accept-encoding"]?.includes("gzip") === true;
    response.writeHead(status, {
      ...own.headers,
      ...(isCompressed && { "Content-Encoding": "gzip" }),
      Vary: "Accept-Encoding",
      "X-Content-Type-Options": "nosniff",
      ...headers,
    });
    response.end(isCompressed ? gzipSync(body) : body);
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

async function answer({ method, url, headers }, { folder, only, made = {} }) {
  if (!LOOPBACK.test(headers.host ?? "")) return text(403, "this is for this machine alone");
  if (method !== "GET" && method !== "HEAD") return text(405, "only GET and HEAD", { Allow: "GET, HEAD" });
  const path = filePath(url);
  const isServed = path && (!only || only.some((begin) => path.startsWith(`/${begin}/`)));
  const body =
    path && (made[path] ?? (isServed && (await readFile(join(folder, path)).catch(() => undefined))));
  if (!body) return text(404, "not found");
  const contentType = contentTypes[extname(path)] ?? "application/octet-stream";
  return { status: 200, headers: { "Content-Type": contentType }, body };
}

/** Returns the path of a URL, or `undefined` if it is invalid, or contains `..` or hidden names. */
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
