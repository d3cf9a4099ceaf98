import { watchLoop, watchPage } from "./ending-host.js";
import { Job } from "./job.js";
import { bothFailed, StatusError } from "./status-error.js";

/** The registry that reports activities that became garbage before they were ended, on hosts that have registries. */
const forgotten =
  typeof FinalizationRegistry === "undefined"
    ? undefined
    : new FinalizationRegistry((activity) => activity.warn());

/** Runs an activity around a function. */
export function runActivity(host, sources, statusType, work, options) {
  const activity = new Activity(host, statusType);
  return activity.perform(async () => {
    let given;
    if (await activity.starts((machine) => machine.run(sources, statusType, work, options))) {
      void (async () => {
        try {
          given = { value: await work(activity.context) };
        } catch (thrown) {
          given = { thrown };
        }
        activity.finish();
      })();
    }
    return activity.ends(() => given);
  });
}

/** Starts an activity around other work. Returns an object that ends it. */
export async function startActivity(host, sources, statusType, options) {
  const activity = new Activity(host, statusType);
  let isHeld = false;
  try {
    isHeld = await activity.starts((machine) => machine.hold(sources, statusType, options));
    return isHeld ? held(activity, ending(activity)) : await activity.ends();
  } finally {
    if (!isHeld) activity.end();
  }
}

/**
 * Returns a promise for the end of an activity that the caller holds. A caller who never awaits it learns of a failure
 * by an event. The handler that ignores the rejection is added only once the error exists: the error's stack leads to
 * the caller only while nobody else waits for the promise.
 */
function ending(activity) {
  const ignoreFailure = async () => {
    await undefined;
    ended.catch(() => {});
  };
  const ended = activity.perform(async () => {
    try {
      await activity.ends(undefined, true);
    } finally {
      void ignoreFailure();
    }
  });
  return ended;
}

/** Returns the activity for its holder: a plain object, so that no internals can be reached through it. */
function held(activity, ended) {
  const end = () => {
    // This function refers to the object, so a caller who keeps only the function keeps the activity too.
    forgotten?.unregister(object);
    activity.finish();
    return ended;
  };
  const { inactive, ...context } = activity.context;
  const object = { ...context, end };
  // Older hosts lack these symbols, and the syntax that uses them.
  if (Symbol.asyncDispose) object[Symbol.asyncDispose] = end;
  if (Symbol.dispose) {
    object[Symbol.dispose] = () => {
      end();
      throw new TypeError("an activity ends with a promise: use await using");
    };
  }
  forgotten?.register(object, activity, object);
  return object;
}

class Activity extends Job {
  #key;
  #statusType;
  #sourceIds;
  #controller;
  #unwatchPage;
  #unwatchLoop;
  #end;
  #interruption;
  context;

  constructor(host, statusType) {
    super(host);
    this.#statusType = statusType;
  }

  /** Waits for the active status. Returns whether the work may start, since the activity may already be over. */
  async starts(begin) {
    this.#controller = new AbortController();
    const [key, signal, sourceIds] = this.begin(begin);
    this.#key = key;
    this.#sourceIds = sourceIds;
    this.heed(signal, key !== undefined);
    this.#unwatchPage = watchPage(() => this.host.feed((machine) => machine.endPage()));
    this.#unwatchLoop = watchLoop(() => this.host.feed((machine) => machine.endLoop()));
    const output = await this.next();
    if (output[0] === this.host.act.EndActivity) {
      this.#end = output;
      return false;
    }
    const { signal: ownSignal } = this.#controller;
    const [sourceId] = sourceIds;
    const statusType = this.#statusType;
    this.context = { signal: ownSignal, sourceId, sourceIds, statusType, inactive: output[2] };
    return true;
  }

  finish() {
    this.host.feed((machine) => machine.finish(this.#key));
  }

  abortWork(error) {
    this.#controller.abort(this.#interrupted(error).reason);
  }

  /** Returns the reason of an activity that ended early: the same value with which the work's signal was aborted. */
  #interrupted(error) {
    this.#interruption ??= { reason: error ? new StatusError(error) : this.reason };
    return this.#interruption;
  }

  /**
   * Waits for the end. Returns the value of the work. Throws the first failure, the `left_active` error, or both in
   * one. If the caller owns the work, an interruption is no failure.
   */
  async ends(given, isCallersOwn = false) {
    this.#end ??= await this.next();
    const [, , isInterrupted, error, fault] = this.#end;
    const leftActive = fault && new StatusError(fault);
    const result = given?.();
    let failed;
    if (isInterrupted && !isCallersOwn) failed = this.#interrupted(error);
    else if (result && "thrown" in result) failed = { reason: result.thrown };
    if (failed) throw leftActive ? bothFailed(failed.reason, leftActive) : failed.reason;
    if (!leftActive) return result?.value;
    // Not enumerable, since the value may be large or secret.
    throw Object.defineProperty(leftActive, "value", { value: result?.value, configurable: true });
  }

  end() {
    this.#unwatchPage?.();
    this.#unwatchLoop?.();
    super.end();
  }

  /** Reports that the activity is garbage, although it was never ended. */
  warn() {
    for (const sourceId of this.#sourceIds) {
      this.host.feed((machine) => this.host.tell(machine.forgotten(sourceId, this.#statusType)));
    }
  }
}
