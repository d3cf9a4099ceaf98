import { fromDistribution } from "./distribution.js";

/** @returns {Promise<{ command: string[], version: string }>} */
export function firefox() {
  return fromDistribution({
    name: "Firefox",
    commands: [["firefox"], ["firefox-esr"]],
    packages: ["firefox-esr"],
  });
}
