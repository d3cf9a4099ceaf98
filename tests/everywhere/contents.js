import { copyFileSync, cpSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "../../scripts/project.js";
import { Project } from "../package/project.js";
import { installOptions, specification } from "./pins.js";

const here = join(root, "tests", "everywhere");

/**
 * @typedef {object} Contents of a project, besides the package
 * @property {string[]} [packages] names in pins.json
 * @property {string[]} [programs] files of the folder `programs`, and folders whose files are copied
 * @property {boolean} [types] also copies the tests of the types
 */

/**
 * Makes a project with the package, tools and programs.
 *
 * @param {string} tarball
 * @param {Contents} [contents]
 */
export function projectWith(tarball, { packages = [], programs = [], types = false } = {}) {
  const project = new Project(tarball, [...installOptions, ...packages.map(specification)]);
  copyFileSync(join(here, "conformance.js"), join(project.folder, "conformance.js"));
  for (const program of programs) {
    const target = program.includes(".") ? join(project.folder, basename(program)) : project.folder;
    cpSync(join(here, "programs", program), target, { recursive: true });
  }
  if (types) cpSync(join(root, "tests", "types"), join(project.folder, "types"), { recursive: true });
  return project;
}
