import { Failure } from "../command.js";
import { chromium } from "./chromium.js";
import { firefox } from "./firefox.js";
import { webKit } from "./webkit.js";

/**
 * Brings the browsers of all three engines, one after the other: the distribution installs one thing at a time. Where
 * one of the other two cannot be had, the tests that need it say so.
 *
 * @returns {Promise<string>} Chromium's program
 * @throws {Failure} where that cannot be had
 */
export async function browsers() {
  for (const bring of [firefox, webKit]) {
    await bring().catch((error) => {
      if (!(error instanceof Failure)) throw error;
    });
  }
  return chromium();
}
