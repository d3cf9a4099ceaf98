import { serveFolder } from "../../pkg/cli/page/static-server.js";
import { root } from "../../scripts/project.js";

/**
 * Serves two empty pages, `first.html` and `second.html`. Browsers may keep them in their back/forward cache, unlike
 * the admin page, which forbids storing. The package is served beside them, at `/pkg/`.
 */
export async function startPlainSite(t) {
  const pages = "tests/browser/plain-site";
  const { url, close } = await serveFolder(root, { only: [pages, "pkg"] });
  t.after(close);
  return `${url}/${pages}`;
}
