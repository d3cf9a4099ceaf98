import { afterEach, jest, test } from "@jest/globals";
import { names, play } from "../fake-time.js";

const kinds = {
  modern: {
    timers: true,
    install: () => jest.useFakeTimers(),
    restore: () => jest.useRealTimers(),
    tick: (milliseconds) => jest.advanceTimersByTimeAsync(milliseconds),
  },
  "modern, but for nextTick and queueMicrotask": {
    timers: true,
    install: () => jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask"] }),
    restore: () => jest.useRealTimers(),
    tick: (milliseconds) => jest.advanceTimersByTimeAsync(milliseconds),
  },
  legacy: {
    timers: true,
    install: () => jest.useFakeTimers({ legacyFakeTimers: true }),
    restore: () => jest.useRealTimers(),
    tick: (milliseconds) => jest.advanceTimersByTime(milliseconds),
  },
};

afterEach(() => jest.useRealTimers());

for (const [kind, fakes] of Object.entries(kinds)) {
  for (const name of names) {
    test(`${kind}: ${name}`, async () => {
      jest.resetModules();
      await play(name, { fakes, load: () => import("push-source-status"), endpoint: process.env.ENDPOINT });
    });
  }
}
