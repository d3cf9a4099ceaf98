import { accessSync, constants, statSync } from "node:fs";
import { join } from "node:path";

/** What `execvp` searches where there is no PATH. */
const USUAL_PATH = "/bin:/usr/bin";

/** Exit codes of `env`, `timeout` and the shells for a program that cannot be started. */
export const NOT_EXECUTABLE = 126;
export const NOT_FOUND = 127;

/** A program that cannot be started, and the exit code that says so. */
export class ProgramError extends Error {
  constructor(message, exitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * The file that a program's name stands for, as a shell would find it.
 *
 * @throws {ProgramError}
 */
export function findExecutable(name, env) {
  const isPath = name.includes("/");
  const folders = (env.PATH ?? USUAL_PATH).split(":");
  const candidates = isPath ? [name] : folders.map((folder) => join(folder || ".", name));
  const found = name === "" ? [] : candidates.filter(exists);
  const file = found.find(isExecutable);
  if (file !== undefined) return file;
  if (found.length > 0)
    throw new ProgramError(`${found[0]} is not executable; check its mode`, NOT_EXECUTABLE);
  const remedy = isPath ? "check the path" : "check PATH, or give its path";
  throw new ProgramError(`there is no program "${name}"; ${remedy}`, NOT_FOUND);
}

/** What cannot be looked at, since a folder on the way to it may not be searched for example, is passed over. */
function exists(file) {
  try {
    statSync(file);
    return true;
  } catch {
    return false;
  }
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
