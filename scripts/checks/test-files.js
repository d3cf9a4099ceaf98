import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../project.js";

/** The test files of a folder. They are listed, because Node 20 takes no patterns. */
export function testFiles(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith(".test.js") && !name.includes("node_modules"))
    .map((name) => join(folder, name))
    .sort();
}
