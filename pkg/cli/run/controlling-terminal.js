import { closeSync, openSync } from "node:fs";

/** Whether there is a controlling terminal, which sends an INT to the whole group of processes in its foreground. */
export function hasTerminal() {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
