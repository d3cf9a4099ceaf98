import { join } from "node:path";
import { Failure } from "../command.js";
import { packageRoot, readJson } from "../project.js";

/** Fails where Node is older than the package supports. */
export function requireNode() {
  const range = readJson(join(packageRoot, "package.json")).engines.node;
  const [major, minor] = range.match(/\d+/g).map(Number);
  const [ownMajor, ownMinor] = process.versions.node.split(".").map(Number);
  if (ownMajor < major || (ownMajor === major && ownMinor < minor)) {
    throw new Failure(`Node ${process.versions.node} is too old: ${range} is needed (https://nodejs.org)`);
  }
}
