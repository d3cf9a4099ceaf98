/** Lists the documents of a folder: every file below it, by its path in the folder. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";

export async function pathsIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => pathInside(folder, join(entry.parentPath, entry.name))).sort();
}

/** Converts a path, relative to the folder or absolute, to the id of a document. */
export function pathInside(folder, path) {
  const inside = relative(folder, resolve(folder, path)).split(sep);
  if (inside[0] === "" || inside[0] === "..") throw new RangeError(`${path} is no path in ${folder}`);
  return inside.join("/");
}

/** Reads a document. Returns `undefined` if it does not exist. */
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
