import { webKit } from "../../../scripts/toolchain/webkit.js";
import { StartedBrowser } from "./started-browser.js";

export async function launchWebKit() {
  const { command, version } = await webKit();
  return new StartedBrowser(version, (profile, url) => ({
    command: [...command, "--private", url],
    env: { XDG_CACHE_HOME: profile, XDG_CONFIG_HOME: profile, XDG_DATA_HOME: profile },
  }));
}
