/** The run has to stop before its program was started. */
export class Interrupted extends Error {}

/** One source, from the wish that it be active until it is idle, or known not to be. */
export class HeldSource {
  /** What the client said of the active status, where that could not be set. */
  failure;
  #settle;
  #isSettled = false;
  #isTakenOver = false;

  constructor(client, id, statusType, options) {
    this.id = id;
    const begun = deferred();
    const released = deferred();
    const outcome = deferred();
    const work = () => {
      begun.resolve();
      return released.promise;
    };
    const ended = client.runActivity(id, statusType, work, options);

    /** Lets the source go: IDLE, if it may be active. */
    this.release = released.resolve;
    /** Settles as `{ id, leftActive }`, the latter being the error where IDLE could not be set. */
    this.outcome = outcome.promise;
    const isOver = this.outcome.then(() => {
      throw new Interrupted();
    });
    /** Resolves when the source may be worked on; rejects where it may not. */
    this.started = Promise.race([begun.promise, ended, isOver]);

    this.#settle = (leftActive) => {
      this.#isSettled = true;
      outcome.resolve({ id, leftActive });
    };
    ended.then(
      () => this.#settle(),
      (error) => this.#settle(leftActiveOf(error)),
    );
  }

  /** Sets IDLE with another client, unless that has been done. */
  closeWith(client) {
    if (this.#isSettled || this.#isTakenOver) return;
    this.#isTakenOver = true;
    client.setStatus(this.id, "IDLE").then(
      () => this.#settle(),
      (error) => this.#settle(error),
    );
  }
}

/** The error that says that IDLE failed; it may come together with an earlier one. */
function leftActiveOf(error) {
  const errors = error instanceof AggregateError ? error.errors : [error];
  return errors.find((one) => one?.code === "left_active");
}

function deferred() {
  let resolve;
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
