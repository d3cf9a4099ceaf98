import { join } from "node:path";
import { readJson, root } from "../../scripts/project.js";

const pins = readJson(join(root, "tests", "everywhere", "pins.json"));

/** The versions of Node that are tried: the oldest that the package promises, and the latest of each line. */
export const nodeVersions = pins.node;

/**
 * The same of TypeScript. The oldest was found by going back until it failed: 4.6 does not know the declarations of
 * CommonJS and of modules apart, and 5.0 is the first that resolves as bundlers do.
 */
export const typescriptVersions = pins.typescript;

/**
 * How npm installs for these tests. Nothing is younger than one day, so that what the pinned packages bring along
 * is always the same without a lock file for each project.
 */
export const installOptions = [
  `--before=${pins.before}`,
  "--prefer-offline",
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--loglevel=error",
];

/** A package as npm is told to install it; with a version of its own, as it is. */
export function specification(name) {
  return name.lastIndexOf("@") > 0 ? name : `${name}@${pinned(name)}`;
}

/** The version of a package that is tried. */
export function pinned(name) {
  const version = pins.packages[name];
  if (version === undefined) throw new Error(`tests/everywhere/pins.json does not name ${name}`);
  return version;
}
