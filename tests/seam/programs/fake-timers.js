import { mock } from "node:test";
import sinon from "sinon";
import { play } from "./fake-time.js";
import { plainFetch } from "./plain-fetch.js";

const { endpoint, kind, scenario } = JSON.parse(process.argv.at(-1));

const timers = [
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "clearInterval",
  "setImmediate",
  "clearImmediate",
];

function sinons(toFake) {
  let clock;
  return {
    timers: toFake === undefined || toFake.includes("setTimeout"),
    install: () => (clock = sinon.useFakeTimers(toFake === undefined ? {} : { toFake })),
    restore: () => clock.restore(),
    tick: (milliseconds) => clock.tickAsync(milliseconds),
  };
}

function nodes(apis) {
  return {
    timers: true,
    install: () => mock.timers.enable({ apis }),
    restore: () => mock.timers.reset(),
    tick: (milliseconds) => mock.timers.tick(milliseconds),
  };
}

/** Imitates a runner's old legacy timers, or a sandbox that is gone: what is queued never runs. */
function dropped(name) {
  const own = globalThis[name];
  return {
    timers: false,
    install: () => (globalThis[name] = () => {}),
    restore: () => (globalThis[name] = own),
    tick: () => {},
  };
}

const kinds = {
  "all of sinon's": () => sinons(),
  "sinon's without nextTick and queueMicrotask": () => sinons([...timers, "Date", "performance", "hrtime"]),
  "sinon's setTimeout alone": () => sinons(["setTimeout", "clearTimeout"]),
  "sinon's performance and Date alone": () => sinons(["performance", "Date"]),
  "node:test's setTimeout alone": () => nodes(["setTimeout"]),
  "all of node:test's": () => nodes(["setTimeout", "setInterval", "setImmediate", "Date"]),
  "sinon's queueMicrotask alone, never run": () => ({ ...sinons(["queueMicrotask"]), tick: () => {} }),
  "a queueMicrotask that drops what it is given": () => dropped("queueMicrotask"),
};

await play(scenario, {
  fakes: kinds[kind](),
  load: () => import("push-source-status"),
  endpoint,
  fetch: kind.includes("queueMicrotask ") || scenario.startsWith("taken away") ? plainFetch : undefined,
});
console.log(JSON.stringify("done"));
// In some runtimes, a connection that is kept alive would delay the end.
process.exit();
