import { Job } from "./job.js";
import { watchPage } from "./page.js";
import { bothFailed, StatusError } from "./status-error.js";

/** Where an activity is collected that was never ended, its client is told, if the host tells such things. */
const forgotten =
  typeof FinalizationRegistry === "undefined"
    ? undefined
    : new FinalizationRegistry((activity) => activity.warn());

/** The whole procedure around a function. */
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

/** The same for work that is no function: an object that ends it. */
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
 * The end of an activity that somebody holds. Whoever never asks for it is told of a failure by an event. The error is made
 * before that is seen to: its stack leads to the caller only while nobody else waits for the promise.
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

/** Plain, so that nothing else can be reached through it. */
function held(activity, ended) {
  const end = () => {
    // Whoever holds this function alone can still end the activity, and so holds its object.
    forgotten?.unregister(object);
    activity.finish();
    return ended;
  };
  const { inactive, ...context } = activity.context;
  const object = { ...context, end };
  // Older hosts have no such symbols, and no syntax that would look for them.
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
  #end;
  #interruption;
  context;

  constructor(host, statusType) {
    super(host);
    this.#statusType = statusType;
  }

  /** Waits until the work may start. Says whether it may: the activity can be over before. */
  async starts(begin) {
    this.#controller = new AbortController();
    const [key, signal, sourceIds] = this.begin(begin);
    this.#key = key;
    this.#sourceIds = sourceIds;
    this.heed(signal, key !== undefined);
    this.#unwatchPage = watchPage(() => this.host.feed((machine) => machine.endPage()));
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

  /** What an activity that ended early rejects with: the very value that its work's signal was aborted with. */
  #interrupted(error) {
    this.#interruption ??= { reason: error ? new StatusError(error) : this.reason };
    return this.#interruption;
  }

  /**
   * Waits for the end. Gives what the work gave, or throws what failed first, or what is left active, or both. Where the
   * caller owns the work, an interruption is no failure.
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
    // Not enumerable, since it may be large, or secret.
    throw Object.defineProperty(leftActive, "value", { value: result?.value, configurable: true });
  }

  end() {
    this.#unwatchPage?.();
    super.end();
  }

  /** Nobody holds it any more. */
  warn() {
    for (const sourceId of this.#sourceIds) {
      this.host.feed((machine) => this.host.tell(machine.forgotten(sourceId, this.#statusType)));
    }
  }
}
