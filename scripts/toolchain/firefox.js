import { requireProgram } from "./distribution.js";

export const firefoxProgram = {
  name: "Firefox",
  commands: [["firefox"], ["firefox-esr"]],
  packages: ["firefox-esr"],
};

export function firefox() {
  return requireProgram(firefoxProgram);
}
