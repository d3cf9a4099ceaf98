import { chromium } from "playwright-core";
import { pathOf } from "../command.js";

/** Also as root in a container, and without anything that talks to the browser's maker. */
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
 * Starts a headless Chromium, with a profile of its own that is new and empty.
 *
 * @param {string} program its name or path
 * @param {{ keepsLeftPages?: boolean }} [options] `keepsLeftPages`: with the back/forward cache, which its driver
 *   otherwise turns off
 */
export function launchChromium(program, { keepsLeftPages = false } = {}) {
  const ignoreDefaultArgs = keepsLeftPages ? ["--disable-back-forward-cache"] : [];
  // The driver wants a path.
  return chromium.launch({ executablePath: pathOf(program), args: LAUNCH_ARGUMENTS, ignoreDefaultArgs });
}
