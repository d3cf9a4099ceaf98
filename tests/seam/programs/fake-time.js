/**
 * The duties of a client while a test replaces its time. The scenarios run in a process, or in a runner's sandbox,
 * whose globals are replaced. The service is another process.
 */

// The host's own timer, whatever replaces it later.
const { setTimeout: startTimer } = globalThis;

const ORGANIZATION = "my-organization";
const TOKEN = "xx5eaf00d5-7e57-4c0d-9abe-0ddba11f00d5";

/** A time longer than any test, real or fake. */
const NEVER_MS = 24 * 3_600_000;
/** The time after which a call that hangs is given up. Nothing else takes as long. */
const PATIENCE_MS = 12_000;
/** The real time in which a forbidden thing would happen. */
const WATCH_MS = 100;
const BASE_DELAY_MS = 20;
const ATTEMPT_MS = 40;

const sleep = (milliseconds) => new Promise((resolve) => startTimer(resolve, milliseconds));

/**
 * @typedef {object} Fakes
 * @property {() => unknown} install
 * @property {() => unknown} restore
 * @property {(milliseconds: number) => unknown} tick lets fake time pass
 * @property {boolean} timers whether `setTimeout` is fake, so that nothing fires by itself
 */

/** The number of sources so far, which keeps the sources of all scenarios apart. */
let count = 0;

/** Clients of one endpoint, and calls that need time. The service answers each kind of source in one way. */
class Calls {
  #api;
  #endpoint;

  constructor(api, endpoint, fetch) {
    this.#api = api;
    this.#endpoint = endpoint;
    this.fetch = fetch;
    this.renew();
  }

  /** Replaces the clients by new ones. */
  renew() {
    const common = {
      organizationId: ORGANIZATION,
      accessToken: TOKEN,
      endpoint: this.#endpoint,
      fetch: this.fetch,
      totalTimeoutMs: 2 ** 31 - 1,
      closeTimeoutMs: 2 ** 31 - 1,
    };
    const retry = { baseDelayMs: BASE_DELAY_MS, attempts: 2 };
    const { StatusClient } = this.#api;
    this.patient = new StatusClient({ ...common, attemptTimeoutMs: NEVER_MS, retry });
    // This client only meets sources that never answer.
    this.hasty = new StatusClient({ ...common, attemptTimeoutMs: ATTEMPT_MS, retry });
  }

  #source(kind) {
    count += 1;
    return `${kind}-${count}`;
  }

  async plain() {
    return (await this.patient.setStatus(this.#source("plain"), "REFRESH")).attempts;
  }

  async retried() {
    return (await this.patient.setStatus(this.#source("retried"), "REFRESH")).attempts;
  }

  async stalled() {
    return this.hasty.setStatus(this.#source("stalled"), "REFRESH").then(
      () => "answered",
      ({ code, attempts }) => `${code} after ${attempts}`,
    );
  }

  async activity() {
    return this.patient.runActivity(this.#source("retried"), "REBUILD", async () => "worked");
  }

  async bulk() {
    const changes = ["plain", "retried"].map((kind) => ({
      sourceId: this.#source(kind),
      statusType: "IDLE",
    }));
    const results = await this.patient.setStatuses(changes);
    return results.map(({ ok }) => ok).join();
  }
}

const expected = {
  plain: 1,
  retried: 2,
  stalled: "timeout after 2",
  activity: "worked",
  bulk: "true,true",
};

/** Waits for the outcome of a call while `move` moves the time. */
async function outcome(call, move, what) {
  let settled;
  call.then(
    (value) => (settled = { value }),
    (reason) => (settled = { value: String(reason) }),
  );
  const since = await move.first?.();
  const startedAt = realNow();
  while (settled === undefined && realNow() - startedAt < PATIENCE_MS) await move.on();
  if (settled === undefined) throw new Error(`${what}: it never settled`);
  if (settled.value !== expected[what]) throw new Error(`${what}: ${settled.value}`);
  return since;
}

// A fake clock stands still, so real time is counted in short sleeps.
let slept = 0;
const realNow = () => slept;
const breathe = async () => {
  const milliseconds = 2;
  await sleep(milliseconds);
  slept += milliseconds;
};

const inRealTime = { on: breathe };

function inFakeTime(fakes) {
  return {
    async on() {
      await fakes.tick(10);
      await breathe();
    },
  };
}

async function all(calls, move, when) {
  for (const what of Object.keys(expected)) await outcome(calls[what](), move, what).catch(said(when));
}

const said = (when) => (error) => {
  throw new Error(`${when}: ${error.message}`);
};

/** Fails if a call settles while its time stands still. */
async function assertWaits(call, what) {
  let isSettled = false;
  call.then(
    () => (isSettled = true),
    () => (isSettled = true),
  );
  await sleep(WATCH_MS);
  if (isSettled) throw new Error(`${what}: it did not wait for the fake time`);
}

/**
 * @param {{ fakes: Fakes, load: () => Promise<typeof import("push-source-status")>, endpoint: string,
 *   fetch?: typeof fetch }} stage
 */
const scenarios = {
  async "installed before the import"({ fakes, load, endpoint, fetch }) {
    await fakes.install();
    const calls = new Calls(await load(), endpoint, fetch);
    await underFakesAndAfter(calls, fakes);
  },

  async "installed before the client"({ fakes, load, endpoint, fetch }) {
    const api = await load();
    api.statuses();
    await fakes.install();
    await underFakesAndAfter(new Calls(api, endpoint, fetch), fakes);
  },

  async "installed between two calls"({ fakes, load, endpoint, fetch }) {
    const calls = new Calls(await load(), endpoint, fetch);
    await all(calls, inRealTime, "before the fakes");
    await fakes.install();
    await underFakesAndAfter(calls, fakes);
  },

  async "installed while calls wait"({ fakes, load, endpoint, fetch }) {
    const calls = new Calls(await load(), endpoint, fetch);
    const waiting = ["retried", "stalled", "activity"].map((what) => [what, calls[what]()]);
    await calls.plain();
    await fakes.install();
    for (const [what, call] of waiting)
      await outcome(call, inFakeTime(fakes), what).catch(said("begun before"));
    await underFakesAndAfter(calls, fakes);
  },

  async "taken away while calls wait"({ fakes, load, endpoint, fetch }) {
    const calls = new Calls(await load(), endpoint, fetch);
    await fakes.install();
    const waiting = ["retried", "stalled", "activity"].map((what) => [what, calls[what]()]);
    await outcome(calls.plain(), inFakeTime({ ...fakes, tick: () => fakes.tick(0) }), "plain");
    await fakes.restore();
    await all(calls, inRealTime, "after the fakes");
    for (const [what, call] of waiting)
      await outcome(call, inRealTime, what).catch(said("begun under fakes"));
    calls.renew();
    await all(calls, inRealTime, "on new clients");
  },
};

async function underFakesAndAfter(calls, fakes) {
  if (fakes.timers) {
    for (const what of ["retried", "stalled"]) {
      const call = calls[what]();
      await assertWaits(call, what);
      await outcome(call, inFakeTime(fakes), what).catch(said("under fakes"));
    }
  }
  await all(calls, inFakeTime(fakes), "under fakes");
  await fakes.restore();
  await all(calls, inRealTime, "after the fakes");
  calls.renew();
  await all(calls, inRealTime, "on new clients");
}

export const names = Object.keys(scenarios);

/** Plays a scenario, and rejects with the first thing that was wrong. */
export function play(name, stage) {
  return scenarios[name](stage);
}
