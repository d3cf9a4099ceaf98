import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { npm } from "../../scripts/command.js";
import { packageRoot } from "../../scripts/project.js";

/** Packs the package like `npm publish`. Returns the files by their paths in the package. */
export function pack() {
  const folder = mkdtempSync(join(tmpdir(), "push-source-status-pack-"));
  const [command, ...args] = npm("pack", "--json", "--loglevel=error", "--pack-destination", folder);
  const [packed] = JSON.parse(execFileSync(command, args, { cwd: packageRoot, encoding: "utf8" }));
  const { filename, files, unpackedSize } = packed;
  return { folder, path: join(folder, filename), files: files.map(({ path }) => path), unpackedSize };
}
