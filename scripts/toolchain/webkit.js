import { requireProgram } from "./distribution.js";

/** It has no headless mode, so it gets a virtual display. */
export const withDisplay = ["xvfb-run", "--auto-servernum"];

/** The GTK port of WebKit, in the small browser that comes with its driver. */
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
