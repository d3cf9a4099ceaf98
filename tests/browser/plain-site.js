import { serveFolder } from "../../pkg/cli/page/static-server.js";
import { root } from "../../scripts/project.js";

/**
 * A site of two empty pages, `first.html` and `second.html`, that any browser may keep in its back/forward cache, unlike the admin
 * page, which asks that nothing be stored. The package is served beside them, at `/pkg/`.
 */
export async function startPlainSite(t) {
  const pages = "tests/browser/plain-site";
  const { url, close } = await serveFolder(root, { only: [pages, "pkg"] });
  t.after(close);
  return `${url}/${pages}`;
}
