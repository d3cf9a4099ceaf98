import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

const NAME = "push-source-status";

/** Where programs of this user keep what they have to remember, by the rules of the system. */
export function stateFolder({ env, platform } = process) {
  if (platform === "win32") return join(env.LOCALAPPDATA || join(homedir(), "AppData", "Local"), NAME);
  // The rule of XDG: a path that is not absolute does not count.
  if (isAbsolute(env.XDG_STATE_HOME ?? "")) return join(env.XDG_STATE_HOME, NAME);
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", NAME);
  return join(homedir(), ".local", "state", NAME);
}
