/** The documents of a folder: every file below it, known by its path in the folder. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";

export async function pathsIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => pathInside(folder, join(entry.parentPath, entry.name))).sort();
}

/** A path in the folder, given from there or in full, in the one form that documents are known by. */
export function pathInside(folder, path) {
  const inside = relative(folder, resolve(folder, path)).split(sep);
  if (inside[0] === "" || inside[0] === "..") throw new RangeError(`${path} is no path in ${folder}`);
  return inside.join("/");
}

/** The content of a document; `undefined` where there is none, or none any more. */
export async function readDocument(folder, path) {
  try {
    return await readFile(join(folder, path));
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EISDIR"].includes(error.code)) return undefined;
    throw error;
  }
}

export function hashOf(content) {
  return createHash("sha256").update(content).digest("hex");
}
