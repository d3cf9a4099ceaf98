/** The one error class of the package: what its fields mean stands in the declarations. */
export class StatusError extends Error {
  constructor({ message, cause, ...fields }) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, fields);
  }

  /** The error as plain data, its text included: what a structured log keeps of it. */
  toJSON() {
    return { name: this.name, message: this.message, ...this, cause: this.cause };
  }
}

Object.defineProperty(StatusError.prototype, "name", {
  value: "StatusError",
  writable: true,
  configurable: true,
});

/** The error of an activity of which something failed, and then its `IDLE` too. */
export function bothFailed(first, leftActive) {
  const error = new AggregateError([first, leftActive], leftActive.message, { cause: first });
  error.code = leftActive.code;
  const value = () => ({ ...plain(error), errors: [plain(first), plain(leftActive)] });
  return Object.defineProperty(error, "toJSON", { value, writable: true, configurable: true });
}

/** What was thrown, as plain data that is sure to become JSON: of a stranger's no more than its text. */
function plain(thrown) {
  try {
    if (thrown instanceof StatusError) return thrown.toJSON();
    if (!(thrown instanceof Error)) return String(thrown);
    const { name, message, code } = thrown;
    return { name, message, ...(typeof code === "string" && { code }) };
  } catch {
    return typeof thrown;
  }
}
