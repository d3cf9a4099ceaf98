import { spawnSync } from "node:child_process";

/** The reason why no file system can be mounted here, or `false`. */
export const noMounts =
  spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status !== 0 &&
  "no file system may be mounted here";

/**
 * Makes a command line that runs a script before a command. The script may mount file systems: `$DIRECTORY` is the journal's, on
 * its own small one, `$NODE` is the first word of the command, and `"$@"` the whole command.
 */
export function mounted(directory, script) {
  const begin = `DIRECTORY=$0; NODE=$1; mkdir -p "$DIRECTORY"; mount -t tmpfs -o size=64k,mode=700 tmpfs "$DIRECTORY"`;
  return ["unshare", "-rm", "sh", "-c", `${begin} && ${script}`, directory];
}

/** Fills the file system. */
export const FILL = `dd if=/dev/zero of="$DIRECTORY/filler" bs=1k 2>/dev/null`;

export const LOCK = `mount -o remount,ro "$DIRECTORY"`;
