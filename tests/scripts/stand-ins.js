import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../../scripts/project.js";

/** A folder of programs that stand in for the system's, for a `PATH` without any others. */
export class StandIns {
  folder = mkdtempSync(join(tmpdir(), "push-source-status-stand-ins-"));

  /**
   * @param {import("node:test").TestContext} t
   * @param {Record<string, string>} programs the body of a shell script for each name
   */
  constructor(t, programs = {}) {
    t.after(() => rmSync(this.folder, { recursive: true }));
    for (const [name, body] of Object.entries(programs)) {
      writeFileSync(join(this.folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    }
  }
}

/** Returns a command that calls a module in `scripts/`, like the commands of `package.json`. */
export function commandThatCalls(call, file, { before = "" } = {}) {
  const address = (path) => JSON.stringify(pathToFileURL(join(root, "scripts", path)).href);
  const program = `
    import { script } from ${address("script.js")};
    import * as module from ${address(file)};
    ${before}
    await script(async () => console.log((await module.${call}) ?? ""));`;
  return [process.execPath, "--input-type=module", "--eval", program];
}
