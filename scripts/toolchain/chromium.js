import { capture, Failure } from "../command.js";
import { fromDistribution } from "./distribution.js";

const programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * The browser for the browser tests: the one that PUSH_SOURCE_STATUS_CHROMIUM names, else the distribution's.
 *
 * @returns {Promise<string>} the program to start
 * @throws {Failure} with what the user can do, where there is none
 */
export async function chromium() {
  const named = process.env.PUSH_SOURCE_STATUS_CHROMIUM;
  if (!named) {
    const commands = programs.map((program) => [program]);
    const { command } = await fromDistribution({ name: "Chromium", commands, packages: ["chromium"] });
    return command[0];
  }
  const { status } = await capture([named, "--version"]);
  if (status !== 0)
    throw new Failure(`PUSH_SOURCE_STATUS_CHROMIUM names ${named}, which does not run (${status}).`);
  return named;
}
