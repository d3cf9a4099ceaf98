import { HeldSource, Interrupted } from "./held-source.js";

/** The sources of a run: all of them active or none, and every one idle in the end. */
export class HeldSources {
  #held = [];
  #activation = new AbortController();
  #stopsAtFailure = true;
  #isReleased = false;
  #lastClient;

  /**
   * Sets the active status.
   *
   * @param {import("push-source-status").StatusClient} client
   * @param {{ sourceIds: string[], statusType: string, onActivationFailure?: string }} what
   * @returns {Promise<void>} when all may be worked on; rejects with what failed first, once the others are idle again
   */
  async activate(client, { sourceIds, statusType, onActivationFailure }) {
    this.#stopsAtFailure = onActivationFailure !== "continue";
    const options = { signal: this.#activation.signal, onActivationFailure };
    this.#held = sourceIds.map((id) => new HeldSource(client, id, statusType, options));
    for (const { started } of this.#held) started.catch(() => this.interrupt());
    const settled = await Promise.allSettled(this.#held.map(({ started }) => started));
    const failures = settled
      .filter(({ status }) => status === "rejected")
      .map(({ reason }) => firstOf(reason));
    if (failures.length > 0) throw failures.find((one) => !(one instanceof Interrupted)) ?? failures[0];
  }

  /** Ends it before the program was started: what is still being set is taken back. */
  interrupt() {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#activation.abort(new Interrupted());
    for (const held of this.#held) held.release();
  }

  /** Has to be told the client's events: they say of a failure at once, not when IDLE has been set after it. */
  onEvent({ type, sourceId, statusType, message }) {
    if (type !== "failed" || statusType === "IDLE") return;
    const held = this.#held.find(({ id }) => id === sourceId);
    if (held) held.failure = message;
    if (this.#stopsAtFailure) this.interrupt();
  }

  /** The sources that may be worked on though their active status could not be set. */
  get unannounced() {
    return this.#held.filter(({ failure }) => failure !== undefined);
  }

  /**
   * Sets IDLE wherever it is needed.
   *
   * @returns {Promise<{ id: string, leftActive: Error }[]>} the sources on which that failed
   */
  async release() {
    this.#isReleased = true;
    if (this.#lastClient) this.#takeOver();
    else for (const held of this.#held) held.release();
    const outcomes = await Promise.all(this.#held.map(({ outcome }) => outcome));
    return outcomes.filter(({ leftActive }) => leftActive);
  }

  /** From now on another client, one with less patience, sets IDLE where that has not been done yet. */
  hasten(lastClient) {
    this.#lastClient = lastClient;
    if (this.#isReleased) this.#takeOver();
  }

  #takeOver() {
    for (const held of this.#held) held.closeWith(this.#lastClient);
  }
}

/** Where IDLE failed too, what failed before it. */
function firstOf(reason) {
  return reason instanceof AggregateError ? reason.errors[0] : reason;
}
