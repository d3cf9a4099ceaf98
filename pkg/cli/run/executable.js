import { accessSync, constants, statSync } from "node:fs";
import { join } from "node:path";

/** The folders that `execvp` searches without a PATH. */
const USUAL_PATH = "/bin:/usr/bin";

/** The exit codes of `env`, `timeout` and the shells for a program that cannot be started. */
export const NOT_EXECUTABLE = 126;
export const NOT_FOUND = 127;

/** The error for a program that cannot be started, with its exit code. */
export class ProgramError extends Error {
  constructor(message, exitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Finds the file of a program by its name, as a shell does.
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

/** Returns whether a file exists. Files in folders that may not be searched are skipped. */
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
