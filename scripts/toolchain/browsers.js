import { chromiumProgram, namedChromium } from "./chromium.js";
import { installPrograms } from "./distribution.js";
import { firefoxProgram } from "./firefox.js";
import { webKitProgram } from "./webkit.js";

/** Installs the browsers that are missing, all three unless told which. Chromium is not, where the user names another one. */
export async function installBrowsers(programs = [chromiumProgram, firefoxProgram, webKitProgram]) {
  await installPrograms(programs.filter((program) => program !== chromiumProgram || !namedChromium));
}
