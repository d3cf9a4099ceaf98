import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "../project.js";

/**
 * Makes a folder from files, unless it was made from the same files before. Their hash is written into the folder as the
 * last step, so that an unfinished folder is made again.
 *
 * @param {string} folder
 * @param {string[]} sources files and folders, relative to the repository
 * @param {() => Promise<void>} make
 */
export async function unlessUnchanged(folder, sources, make) {
  const note = join(folder, ".made-from");
  const fingerprint = hash(sources.flatMap((source) => filesIn(join(root, source))));
  if (existsSync(note) && readFileSync(note, "utf8") === fingerprint) return;
  rmSync(note, { force: true });
  await make();
  writeFileSync(note, fingerprint);
}

function hash(files) {
  const sum = createHash("sha256");
  for (const file of files.sort()) {
    const content = readFileSync(file);
    sum.update(`${relative(root, file)}\0${content.length}\0`).update(content);
  }
  return sum.digest("hex");
}

function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
