import { servePage } from "../../pkg/cli/page/server.js";
import { pageFolder, root } from "../project.js";

/** Serves the admin page from the repository, at `/www/`, and the package that it uses. */
export function serveAdminPage(options) {
  return servePage(root, { at: "/www/", only: ["www", "pkg"], ...options });
}

/** Serves the admin page from the built package. */
export function serveBuiltPage() {
  return servePage(pageFolder);
}
