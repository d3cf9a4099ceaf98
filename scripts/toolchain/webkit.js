import { requireProgram } from "./distribution.js";

/** It has no headless mode, so a display is made for it. */
export const withDisplay = ["xvfb-run", "--auto-servernum"];

/** WebKit as its GTK port has it, in the small browser that comes with the port's driver. */
export const webKitProgram = {
  name: "WebKit",
  commands: ["x86_64", "aarch64"].map((machine) => [
    ...withDisplay,
    `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`,
  ]),
  packages: ["webkit2gtk-driver", "xvfb", "xauth"],
};

export function webKit() {
  return requireProgram(webKitProgram);
}
