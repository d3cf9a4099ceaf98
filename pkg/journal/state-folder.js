import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

const NAME = "push-source-status";

/** The folder for the state of this user's programs, by the convention of the system. */
export function stateFolder({ env, platform } = process) {
  if (platform === "win32") return join(env.LOCALAPPDATA || join(homedir(), "AppData", "Local"), NAME);
  // XDG: a path that is not absolute is ignored.
  if (isAbsolute(env.XDG_STATE_HOME ?? "")) return join(env.XDG_STATE_HOME, NAME);
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", NAME);
  return join(homedir(), ".local", "state", NAME);
}
