import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { npm, withPath } from "../../scripts/command.js";

const ENDS_WITHIN_MS = 180_000;

/** Settings against the telemetry of several tools. */
const silence = {
  NEXT_TELEMETRY_DISABLED: "1",
  WRANGLER_SEND_METRICS: "false",
  PARCEL_TELEMETRY_DISABLED: "1",
};

/** A new project of a user: a folder with the packed package, installed from its file. */
export class Project {
  folder = mkdtempSync(join(tmpdir(), "push-source-status-project-"));

  /**
   * @param {string} tarball
   * @param {string[]} [options] options of npm, and more packages
   */
  constructor(tarball, options = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund"]) {
    this.write("package.json", JSON.stringify({ private: true, type: "module" }));
    this.run(npm("install", ...options, tarball));
  }

  /** Options for commands in the project, which find its tools by their names. */
  get surroundings() {
    const env = withPath([join(this.folder, "node_modules", ".bin")], { ...process.env, ...silence });
    // With this variable, a program would take itself for a file of Node's test runner.
    delete env.NODE_TEST_CONTEXT;
    return { cwd: this.folder, env };
  }

  write(name, text) {
    writeFileSync(join(this.folder, name), text);
    return name;
  }

  /** Runs a command, and returns its standard output. Fails unless it succeeds. */
  run([command, ...args]) {
    const options = { ...this.surroundings, encoding: "utf8", timeout: ENDS_WITHIN_MS };
    const { error, status, stdout, stderr } = spawnSync(command, args, options);
    if (error) throw error;
    if (status !== 0)
      throw new Error(`${[command, ...args].join(" ")}: exit code ${status}\n${stdout}${stderr}`);
    return stdout;
  }

  /** Runs a program in Node, and returns its output, parsed as JSON. */
  evaluate(name, text) {
    return JSON.parse(this.run([process.execPath, this.write(name, text)]));
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
