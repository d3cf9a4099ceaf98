import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { capture, npm } from "../../scripts/command.js";
import { toolCache } from "../../scripts/toolchain/cache.js";
import { installOptions, nodeVersions } from "./pins.js";

/**
 * Installs a JavaScript runtime from its npm package, into the user's cache: runtimes are large, and do not change.
 *
 * @param {string} name
 * @param {string} version
 * @returns {Promise<string>} the folder that has it in `node_modules`
 */
export async function runtime(name, version) {
  const folder = join(toolCache(), `${name}-${version}`);
  if (existsSync(folder)) return folder;
  // Renamed as the last step, so that a folder with this name is complete.
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    writeFileSync(join(unfinished, "package.json"), JSON.stringify({ private: true }));
    const install = npm("install", ...installOptions, `${name}@${version}`);
    const { status, output } = await capture(install, { cwd: unfinished });
    if (status !== 0) throw new Error(`npm install ${name}@${version}: ${output}`);
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** Returns the program of a version of Node, or of the latest version of a line. */
export async function nodeProgram(line) {
  const version = nodeVersions.findLast((known) => known === line || known.startsWith(`${line}.`));
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  return join(await runtime(name, version), "node_modules", name, "bin", "node");
}
