import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { firefox } from "../../../scripts/toolchain/firefox.js";
import { StartedBrowser } from "./started-browser.js";

/** Preferences against first-run pages and requests to the browser's maker. */
export const firefoxPreferences = {
  "app.normandy.enabled": false,
  "app.update.auto": false,
  "browser.aboutwelcome.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.healthreport.uploadEnabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "toolkit.telemetry.enabled": false,
};

export async function launchFirefox() {
  const { command, version } = await firefox();
  return new StartedBrowser(version, (profile, url) => {
    const lines = Object.entries(firefoxPreferences).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${value});\n`,
    );
    writeFileSync(join(profile, "user.js"), lines.join(""));
    return { command: [...command, "--headless", "--new-instance", "--profile", profile, url] };
  });
}
