import { capture, Failure, run } from "../command.js";
import { timed } from "../script.js";

const programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * The browser for the browser tests, installed where that is possible without asking.
 *
 * @returns {Promise<string>} the program to start
 * @throws {Failure} with what the user can do, where there is none
 */
export async function chromium() {
  const found = await installed();
  if (found) return found;
  const mayInstall = process.getuid?.() === 0 && process.env.PUSH_SOURCE_STATUS_CHROMIUM === undefined;
  if (mayInstall && (await capture(["apt-get", "--version"])).status === 0) {
    await timed("Installing Chromium from the distribution: about half a minute, once", async () => {
      await run(["apt-get", "update", "--quiet=2"]);
      await run(["apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", "chromium"]);
    });
    const now = await installed();
    if (now) return now;
  }
  throw new Failure(
    "Chromium is missing, so nothing was tested in a browser. Install it (Debian, Ubuntu: `sudo apt-get " +
      "install chromium`), or name a program in PUSH_SOURCE_STATUS_CHROMIUM.",
  );
}

async function installed() {
  const named = process.env.PUSH_SOURCE_STATUS_CHROMIUM;
  for (const program of named ? [named] : programs) {
    if ((await capture([program, "--version"])).status === 0) return program;
  }
  return undefined;
}
