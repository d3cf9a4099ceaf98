import { fromDistribution } from "./distribution.js";
import { StartedBrowser } from "./started-browser.js";

/** WebKit as its GTK port has it, in the small browser that comes with the port's driver. */
export async function launchWebKit() {
  const { command, version } = await fromDistribution({
    name: "WebKit",
    // It has no headless mode, so a display is made for it.
    commands: ["x86_64", "aarch64"].map((machine) => [
      "xvfb-run",
      "--auto-servernum",
      `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`,
    ]),
    packages: ["webkit2gtk-driver", "xvfb", "xauth"],
  });
  return new StartedBrowser(version, (profile, url) => ({
    command: [...command, "--private", url],
    env: { XDG_CACHE_HOME: profile, XDG_CONFIG_HOME: profile, XDG_DATA_HOME: profile },
  }));
}
