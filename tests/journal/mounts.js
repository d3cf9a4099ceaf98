import { spawnSync } from "node:child_process";

/** Why no file system can be mounted here, if so. */
export const noMounts =
  spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status !== 0 &&
  "no file system may be mounted here";

/**
 * What comes before a command so that it runs after a script in which file systems can be mounted: `$DIRECTORY` is the
 * journal's, on a small one of its own, `$NODE` the command's first word, and `"$@"` all of it.
 */
export function mounted(directory, script) {
  const begin = `DIRECTORY=$0; NODE=$1; mkdir -p "$DIRECTORY"; mount -t tmpfs -o size=64k,mode=700 tmpfs "$DIRECTORY"`;
  return ["unshare", "-rm", "sh", "-c", `${begin} && ${script}`, directory];
}

/** Takes all the room that there is. */
export const FILL = `dd if=/dev/zero of="$DIRECTORY/filler" bs=1k 2>/dev/null`;

export const LOCK = `mount -o remount,ro "$DIRECTORY"`;
