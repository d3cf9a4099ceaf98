import { homedir, userInfo } from "node:os";
import { isAbsolute, join } from "node:path";

const NAME = "push-source-status";

/** The folder for the state of this user's programs, by the convention of the system. */
export function stateFolder({ env, platform } = process) {
  if (platform === "win32") return join(env.LOCALAPPDATA || join(home(), "AppData", "Local"), NAME);
  // XDG: a path that is not absolute is ignored.
  if (isAbsolute(env.XDG_STATE_HOME ?? "")) return join(env.XDG_STATE_HOME, NAME);
  if (platform === "darwin") return join(home(), "Library", "Application Support", NAME);
  return join(home(), ".local", "state", NAME);
}

/** A variable that is empty, as `env -i HOME= …` leaves it, would make a journal of whatever folder is the current one. */
function home() {
  const path = homedir();
  return isAbsolute(path) ? path : userInfo().homedir;
}
