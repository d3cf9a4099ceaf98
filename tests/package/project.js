import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { npm } from "../../scripts/command.js";

/** An empty project, as a user begins one, with the packed package installed from its file. */
export class Project {
  constructor(tarball) {
    this.folder = mkdtempSync(join(tmpdir(), "push-source-status-project-"));
    this.write("package.json", JSON.stringify({ private: true, type: "module" }));
    this.run(npm("install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", tarball));
  }

  write(name, text) {
    writeFileSync(join(this.folder, name), text);
    return name;
  }

  /** Runs a command to its success, and returns what it wrote to standard output. */
  run([command, ...args]) {
    const { error, status, stdout, stderr } = spawnSync(command, args, {
      cwd: this.folder,
      encoding: "utf8",
    });
    if (error) throw error;
    if (status !== 0)
      throw new Error(`${[command, ...args].join(" ")}: exit code ${status}\n${stdout}${stderr}`);
    return stdout;
  }

  /** Runs a program in Node, and returns what it printed as JSON. */
  evaluate(name, text) {
    return JSON.parse(this.run([process.execPath, this.write(name, text)]));
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
