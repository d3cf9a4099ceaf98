import { afterEach, test, vi } from "vitest";
import { names, play } from "../fake-time.js";
import { plainFetch } from "../plain-fetch.js";

const kinds = {
  "as they are by default": undefined,
  "with queueMicrotask": {
    toFake: [
      "setTimeout",
      "clearTimeout",
      "setInterval",
      "clearInterval",
      "setImmediate",
      "clearImmediate",
      "Date",
      "performance",
      "queueMicrotask",
    ],
  },
};

afterEach(() => vi.useRealTimers());

for (const [kind, options] of Object.entries(kinds)) {
  const fakes = {
    timers: true,
    install: () => vi.useFakeTimers(options),
    restore: () => vi.useRealTimers(),
    tick: (milliseconds) => vi.advanceTimersByTimeAsync(milliseconds),
  };
  for (const name of names) {
    test(`${kind}: ${name}`, async () => {
      vi.resetModules();
      const fetch = name.startsWith("taken away") ? plainFetch : undefined;
      const { ENDPOINT: endpoint } = process.env;
      await play(name, { fakes, load: () => import("push-source-status"), endpoint, fetch });
    });
  }
}
