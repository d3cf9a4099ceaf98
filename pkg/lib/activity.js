import { Job } from "./job.js";
import { watchPage } from "./page.js";
import { bothFailed, StatusError } from "./status-error.js";

/** Where an activity is collected that was never ended, its client is told, if the host tells such things. */
const forgotten =
  typeof FinalizationRegistry === "undefined"
    ? undefined
    : new FinalizationRegistry((activity) => activity.warn());

/** The whole procedure around a function. */
export async function runActivity(host, sources, statusType, work, options) {
  const activity = new Activity(host, statusType);
  const started = activity.begin((machine) => machine.run(sources, statusType, work, options));
  let given;
  if (await activity.starts(started)) {
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
}

/** The same for work that is no function: an object that ends it. */
export async function startActivity(host, sources, statusType, options) {
  const activity = new Activity(host, statusType);
  const started = activity.begin((machine) => machine.hold(sources, statusType, options));
  if (!(await activity.starts(started))) return activity.ends();
  const ended = host.track(activity.ends(undefined, true));
  // Whoever never asks for the end is told of a failure by an event.
  ended.catch(() => {});
  return held(activity, ended);
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
  #controller = new AbortController();
  #unwatchPage;
  #end;
  #interruption;
  context;

  constructor(host, statusType) {
    super(host);
    this.#statusType = statusType;
  }

  /** Waits until the work may start. Says whether it may: the activity can be over before. */
  async starts([key, signal, sourceIds]) {
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
    this.#unwatchPage();
    this.end();
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

  /** Nobody holds it any more. */
  warn() {
    for (const sourceId of this.#sourceIds) {
      this.host.feed((machine) => this.host.tell(machine.forgotten(sourceId, this.#statusType)));
    }
  }
}
