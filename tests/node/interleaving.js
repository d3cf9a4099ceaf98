import { setTimeout as sleep } from "node:timers/promises";

import { StatusError } from "./package.js";
import { deferred } from "./work.js";

/** The number of clients in a round, and of sources for each. */
export const CLIENTS = 8;
export const SOURCES_OF_A_CLIENT = 25;
export const INTERLEAVINGS_OF_A_ROUND = CLIENTS * SOURCES_OF_A_CLIENT;

/** Random choices from a seeded series. */
export class Draw {
  #random;

  /** @param {() => number} random from 0 to below 1 */
  constructor(random) {
    this.#random = random;
  }

  chance(share) {
    return this.#random() < share;
  }

  /** Returns a whole number from the range, both ends included. */
  between(least, most) {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  oneOf(...values) {
    return values[this.between(0, values.length - 1)];
  }
}

/** Counts those who still need the client. When nobody is left, it can be closed. */
export class Crowd {
  #busy = 0;
  #quiet = deferred();

  /** Resolves when everybody has left. */
  get quiet() {
    return this.#quiet.promise;
  }

  /** @returns {() => void} leaves; only the first call counts */
  enter() {
    this.#busy += 1;
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      this.#busy -= 1;
      if (this.#busy === 0) this.#quiet.resolve();
    };
  }
}

/**
 * Runs a few activities of one source that interfere: they overlap, throw, are aborted, or stay until the client is closed.
 *
 * @returns {Promise<{ source: string, saidLeftActive: boolean, problems: string[] }>} when each has settled
 */
export async function interleave(client, source, draw, crowd) {
  const plans = Array.from({ length: draw.between(2, 4) }, () => plan(draw));
  const outcomes = await Promise.all(plans.map((each) => carryOut(client, source, each, crowd.enter())));
  return {
    source,
    saidLeftActive: outcomes.some(({ error }) => saysLeftActive(error)),
    problems: outcomes.map(({ problem }) => problem).filter(Boolean),
  };
}

/** All choices are made before anything runs, so that the same seed makes the same plans. */
function plan(draw) {
  return {
    beginsAfterMs: draw.between(0, 8),
    statusType: draw.chance(0.85) ? "REBUILD" : "REFRESH",
    isFunction: draw.chance(0.6),
    abortsAfterMs: draw.chance(0.35) ? draw.between(0, 12) : undefined,
    workMs: draw.between(0, 6),
    isDeaf: draw.chance(0.3),
    throws: draw.chance(0.25),
    gracePeriodMs: draw.between(0, 4),
    onActivationFailure: draw.oneOf("stop", "stop", "continue"),
    ends: draw.oneOf("once", "once", "twice", "with the client"),
  };
}

async function carryOut(client, source, each, leave) {
  if (each.beginsAfterMs > 0) await sleep(each.beginsAfterMs);
  const own = { value: {}, thrown: {}, reason: {} };
  const controller = new AbortController();
  if (each.abortsAfterMs !== undefined) setTimeout(() => controller.abort(own.reason), each.abortsAfterMs);
  try {
    const value = each.isFunction
      ? await runFunction(client, source, each, own, controller.signal)
      : await holdObject(client, source, each, own, controller.signal, leave);
    return { problem: value === own.value ? undefined : "resolved with what its work did not give" };
  } catch (error) {
    return { error, problem: isOwn(error, own) ? undefined : `rejected with a strange value: ${error}` };
  } finally {
    leave();
  }
}

function runFunction(client, source, each, own, signal) {
  const work = async (context) => {
    const stops = each.isDeaf ? {} : { signal: context.signal };
    await sleep(each.workMs, undefined, stops);
    if (each.throws) throw own.thrown;
    return own.value;
  };
  const { statusType, gracePeriodMs, onActivationFailure } = each;
  return client.runActivity(source, statusType, work, { signal, gracePeriodMs, onActivationFailure });
}

async function holdObject(client, source, each, own, signal, leave) {
  const activity = await client.startActivity(source, each.statusType, { signal });
  await sleep(each.workMs);
  if (each.ends === "with the client") {
    leave();
    if (!activity.signal.aborted) {
      await new Promise((resolve) => activity.signal.addEventListener("abort", resolve));
    }
  } else if (each.ends === "twice") {
    activity.end();
  }
  await activity.end();
  return own.value;
}

function isOwn(error, { thrown, reason }) {
  if (error instanceof AggregateError) return isOwn(error.errors[0], { thrown, reason });
  return error === thrown || error === reason || error instanceof StatusError;
}

function saysLeftActive(error) {
  if (error instanceof AggregateError) return error.errors.some(saysLeftActive);
  return error instanceof StatusError && error.code === "left_active";
}
