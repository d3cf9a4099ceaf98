import { root } from "../project.js";
import { serveFolder } from "./static-server.js";

/** Allows the page to run its own scripts and the module, and to call https or this machine. */
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

/** Serves the admin page, which is at `/www/`, and the package that it uses. */
export function serveAdminPage() {
  const headers = { "Content-Security-Policy": contentSecurityPolicy, "Cache-Control": "no-store" };
  return serveFolder(root, { only: ["www", "pkg"], headers });
}
