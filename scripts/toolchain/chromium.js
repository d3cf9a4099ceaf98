import { capture, Failure } from "../command.js";
import { requireProgram } from "./distribution.js";

export const chromiumProgram = {
  name: "Chromium",
  commands: [["chromium"], ["chromium-browser"], ["google-chrome"], ["google-chrome-stable"]],
  packages: ["chromium"],
};

/** The Chromium that the user names instead of the distribution's. */
export const namedChromium = process.env.PUSH_SOURCE_STATUS_CHROMIUM;

/**
 * The browser for the browser tests.
 *
 * @returns {Promise<string>} the program to start
 * @throws {Failure} where there is none, with what the user can do
 */
export async function chromium() {
  if (!namedChromium) return (await requireProgram(chromiumProgram)).command[0];
  const { status } = await capture([namedChromium, "--version"]);
  if (status !== 0) {
    throw new Failure(`PUSH_SOURCE_STATUS_CHROMIUM names ${namedChromium}, which does not run (${status}).`);
  }
  return namedChromium;
}
