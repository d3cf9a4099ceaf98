import { closeSync, openSync } from "node:fs";

/** Returns whether there is a controlling terminal, which sends INT to its whole foreground process group. */
export function hasTerminal() {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
