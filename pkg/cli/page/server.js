import { readFileSync } from "node:fs";
import { join } from "node:path";
import { serveFolder } from "./static-server.js";

/**
 * Serves the admin page to this machine.
 *
 * @param {string} folder
 * @param {{ port?: number, at?: string, only?: string[], configuration?: object }} [options] `at`: the
 *   page's path in the folder; `configuration`: the content of its `config.json`
 */
export async function servePage(folder, { at = "/", configuration = {}, ...options } = {}) {
  const index = readFileSync(join(folder, at, "index.html"), "utf8");
  const [, policy] = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(index);
  const headers = {
    // A policy in the page's own <meta> cannot forbid framing.
    "Content-Security-Policy": `${policy.replace(/\s+/g, " ")}; frame-ancestors 'none'`,
    "Cache-Control": "no-store",
  };
  const made = { [`${at}config.json`]: JSON.stringify(configuration) };
  const server = await serveFolder(folder, { ...options, headers, made });
  return { ...server, pageUrl: `${server.url}${at}` };
}
