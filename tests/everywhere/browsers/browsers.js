import { Chromium } from "./chromium.js";
import { launchFirefox } from "./firefox.js";
import { launchWebKit } from "./webkit.js";

const launches = {
  Chromium: () => Chromium.launch(),
  Firefox: launchFirefox,
  WebKit: launchWebKit,
};

/** The browsers. Each is launched at its first use. */
export class Browsers {
  #launched = new Map();

  get(name) {
    if (!this.#launched.has(name)) this.#launched.set(name, launches[name]());
    return this.#launched.get(name);
  }

  async close() {
    const settled = await Promise.allSettled(this.#launched.values());
    await Promise.all(settled.map(({ value }) => value?.close()));
  }
}
