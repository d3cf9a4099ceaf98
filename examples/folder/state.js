/** The content of the source, as a file with the hash of each pushed document. It outlives the connector. */
import { readFile, rename, writeFile } from "node:fs/promises";

/** @returns {Promise<Map<string, string> | undefined>} `undefined` before the first successful run */
export async function readState(file) {
  try {
    return new Map(Object.entries(JSON.parse(await readFile(file, "utf8"))));
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Replaces the file in one step, so that a connector that dies here leaves the old state or the new one. */
export async function writeState(file, holds) {
  const draft = `${file}.new`;
  await writeFile(draft, JSON.stringify(Object.fromEntries(holds), null, 2));
  await rename(draft, file);
}
