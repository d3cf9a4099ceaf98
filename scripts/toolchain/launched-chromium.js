import { chromium } from "playwright-core";
import { pathOf } from "../command.js";

/** For root in a container too, and without any request to the browser's maker. */
const LAUNCH_ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts a headless Chromium with a new, empty profile.
 *
 * @param {string} program its name or path
 * @param {{ keepsLeftPages?: boolean }} [options] `keepsLeftPages` enables the back/forward cache, which the driver
 *   turns off otherwise
 */
export function launchChromium(program, { keepsLeftPages = false } = {}) {
  const ignoreDefaultArgs = keepsLeftPages ? ["--disable-back-forward-cache"] : [];
  // The driver needs a path.
  return chromium.launch({ executablePath: pathOf(program), args: LAUNCH_ARGUMENTS, ignoreDefaultArgs });
}
