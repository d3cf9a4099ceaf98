import { copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { capture, npm, withPath } from "../../scripts/command.js";
import { root } from "../../scripts/project.js";
import { installOptions, specification } from "./pins.js";

const here = join(root, "tests", "everywhere");

const ENDS_WITHIN_MS = 180_000;

/** What several tools would otherwise send to their makers. */
const silence = {
  NEXT_TELEMETRY_DISABLED: "1",
  WRANGLER_SEND_METRICS: "false",
  PARCEL_TELEMETRY_DISABLED: "1",
};

/** A project as a user begins one, in a folder that is empty but for the package, its tools and some programs. */
export class Project {
  folder = mkdtempSync(join(tmpdir(), "push-source-status-everywhere-"));

  /** For commands in the project: its tools are found by their names. */
  get surroundings() {
    const env = withPath([join(this.folder, "node_modules", ".bin")], { ...process.env, ...silence });
    // What runs under Node's test runner would take itself for one of its files.
    delete env.NODE_TEST_CONTEXT;
    return { cwd: this.folder, env };
  }

  /**
   * @param {string} tarball
   * @param {{ packages?: string[], programs?: string[], types?: boolean }} contents `packages`: what pins.json names;
   *   `programs`: files of the folder programs, and folders whose files the project gets; `types`: whether it gets what
   *   the types are tested with
   */
  static async create(tarball, { packages = [], programs = [], types = false }) {
    const project = new Project();
    project.write("package.json", JSON.stringify({ private: true, type: "module" }));
    await project.run(npm("install", ...installOptions, ...packages.map(specification), tarball));
    copyFileSync(join(here, "conformance.js"), join(project.folder, "conformance.js"));
    for (const program of programs) {
      const target = program.includes(".") ? join(project.folder, basename(program)) : project.folder;
      cpSync(join(here, "programs", program), target, { recursive: true });
    }
    if (types) cpSync(join(root, "tests", "types"), join(project.folder, "types"), { recursive: true });
    return project;
  }

  write(name, text) {
    writeFileSync(join(this.folder, name), text);
  }

  /** Runs a command to its success. */
  async run(command) {
    const { status, output } = await capture(command, { ...this.surroundings, timeout: ENDS_WITHIN_MS });
    if (status !== 0) throw new Error(`${command.join(" ")} (${status}): ${output}`);
    return output;
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
