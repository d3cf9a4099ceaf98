import { chromiumProgram, namedChromium } from "./chromium.js";
import { installPrograms } from "./distribution.js";
import { firefoxProgram } from "./firefox.js";
import { webKitProgram } from "./webkit.js";

/** Installs missing browsers: all three by default. Chromium is left out where the user names another one. */
export async function installBrowsers(programs = [chromiumProgram, firefoxProgram, webKitProgram]) {
  await installPrograms(programs.filter((program) => program !== chromiumProgram || !namedChromium));
}
