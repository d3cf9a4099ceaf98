import { servePage } from "../../pkg/cli/page/server.js";
import { pageFolder, root } from "../project.js";

/** Serves the admin page as it stands in the repository, at `/www/`, and the package that it uses. */
export function serveAdminPage(options) {
  return servePage(root, { at: "/www/", only: ["www", "pkg"], ...options });
}

/** Serves it as the package brings it. */
export function serveBuiltPage() {
  return servePage(pageFolder);
}
