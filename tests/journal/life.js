import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { fileJournal } from "push-source-status/journal";

const LOOK = fileURLToPath(new URL("look-program.js", import.meta.url));

/** The option `skip` of a test that needs the /proc of Linux. */
export const noProc = process.platform !== "linux" && "there is no /proc";

/** Returns the life of the owner of the one record in a folder. */
export async function lifeIn(directory, options) {
  const [{ owner }] = await fileJournal({ directory, ...options }).entries();
  return owner;
}

/** The same, as a process elsewhere sees it, for example in a namespace. */
export function lifeFrom([command, ...args], options) {
  const look = [...args, process.execPath, LOOK, JSON.stringify(options)];
  return execFileSync(command, look, { encoding: "utf8" }).trim();
}

/** Changes the one record in a folder. */
export function rewrite(directory, change) {
  const path = join(
    directory,
    readdirSync(directory).find((name) => name.endsWith(".json")),
  );
  const record = JSON.parse(readFileSync(path, "utf8"));
  change(record.owner);
  writeFileSync(path, JSON.stringify(record));
}
