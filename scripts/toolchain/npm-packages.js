import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { Failure, npm, run } from "../command.js";
import { readJson, root } from "../project.js";
import { timed } from "../script.js";

/** Installs the npm packages of a folder's lock file. None of them needs an install script, so none is run. */
export async function installNpmPackages(folder = root) {
  if (isInstalled(folder)) return;
  await timed(
    `Installing the npm packages of ${join(relative(root, folder), "package-lock.json")}`,
    async () => {
      try {
        await run(npm("ci", "--ignore-scripts", "--no-audit", "--no-fund"), { cwd: folder });
      } catch (error) {
        throw new Failure(
          `${error.message}\nIs the registry reachable (\`npm ping\`)? Where package.json and ` +
            "package-lock.json disagree, `npm install --ignore-scripts` brings them together.",
        );
      }
    },
  );
}

/** npm writes its record last. So an installation without the right record is not complete. */
function isInstalled(folder) {
  const record = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = readJson(record).packages;
  return Object.entries(readJson(join(folder, "package-lock.json")).packages)
    .filter(([path, { optional }]) => path.includes("node_modules/") && !optional)
    .every(([path, { version, integrity, link }]) => {
      const found = installed[path];
      return (
        found &&
        (link ? existsSync(join(folder, path)) : found.version === version && found.integrity === integrity)
      );
    });
}
