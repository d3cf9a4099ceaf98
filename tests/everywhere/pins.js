import { join } from "node:path";
import { readJson, root } from "../../scripts/project.js";

const pins = readJson(join(root, "tests", "everywhere", "pins.json"));

/** The versions of Node to try: the oldest supported one, and the latest of each line. */
export const nodeVersions = pins.node;

/**
 * The versions of TypeScript to try. The oldest is the oldest that works: 4.6 does not distinguish declarations of CommonJS and
 * of modules. 5.0 is the first with the resolution of bundlers.
 */
export const typescriptVersions = pins.typescript;

/**
 * The options of npm in these tests. A fixed date keeps the dependencies of the pinned packages the same without a lock file
 * for each project.
 */
export const installOptions = [
  `--before=${pins.before}`,
  "--prefer-offline",
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--loglevel=error",
];

/** Adds the pinned version to a package's name, unless it has a version. */
export function specification(name) {
  return name.lastIndexOf("@") > 0 ? name : `${name}@${pinned(name)}`;
}

/** Returns the pinned version of a package. */
export function pinned(name) {
  const version = pins.packages[name];
  if (version === undefined) throw new Error(`tests/everywhere/pins.json does not name ${name}`);
  return version;
}
