import { homedir } from "node:os";
import { join } from "node:path";

/** The folder of the tools, shared by all clones of this user, by the platform's convention. */
export function toolCache() {
  return join(userCache(), "push-source-status", "tools");
}

function userCache() {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (process.platform === "win32") return LOCALAPPDATA ?? join(homedir(), "AppData", "Local");
  if (XDG_CACHE_HOME?.startsWith("/")) return XDG_CACHE_HOME;
  return process.platform === "darwin" ? join(homedir(), "Library", "Caches") : join(homedir(), ".cache");
}
