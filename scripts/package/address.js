import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot, readJson, root } from "../project.js";

const manifestPath = join(packageRoot, "package.json");

/** The address of the repository; empty until it has one. `repository` in package.json is the one place to write it. */
export function repositoryAddress() {
  return readJson(join(root, "package.json")).repository;
}

/** Writes the members of the package's manifest from which npm makes the links of the package's page. */
export function writeAddress() {
  const before = readFileSync(manifestPath, "utf8");
  const after = withAddress(before, repositoryAddress());
  if (after !== before) writeFileSync(manifestPath, after);
}

/** The README as npm shows it. There, a link to a file of the repository has to be a whole address. */
export function writeReadme() {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const { version } = readJson(manifestPath);
  writeFileSync(join(packageRoot, "README.md"), withWholeLinks(readme, repositoryAddress(), version));
}

/** A manifest with the members that say where the repository is; without them where there is no address. */
export function withAddress(manifest, address) {
  const { repository, homepage, bugs, ...others } = JSON.parse(manifest);
  const members = address && {
    repository: { type: "git", url: `git+${address}.git` },
    homepage: `${address}#readme`,
    bugs: { url: `${address}/issues` },
  };
  return `${JSON.stringify({ ...others, ...members }, null, 2)}\n`;
}

/** A document whose links lead to the files of a version's tag; as it is where there is no address. */
export function withWholeLinks(markdown, address, version) {
  if (!address) return markdown;
  return markdown.replaceAll(/(!?)\[([^\]]*)\]\((?!https?:)([^)]+)\)/g, (_, mark, text, path) => {
    return `${mark}[${text}](${address}/${mark ? "raw" : "blob"}/v${version}/${path})`;
  });
}
