/** The only error class of the package. Its TypeScript declaration describes the fields. */
export class StatusError extends Error {
  constructor({ message, cause, ...fields }) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, fields);
  }

  /** Returns the error as plain data, including its text, for structured logs. */
  toJSON() {
    return { name: this.name, message: this.message, ...this, cause: this.cause };
  }
}

Object.defineProperty(StatusError.prototype, "name", {
  value: "StatusError",
  writable: true,
  configurable: true,
});

/** Returns the error of an activity that failed, and whose `IDLE` failed afterwards. */
export function bothFailed(first, leftActive) {
  const error = new AggregateError([first, leftActive], leftActive.message, { cause: first });
  error.code = leftActive.code;
  const value = () => ({ ...plain(error), errors: [plain(first), plain(leftActive)] });
  return Object.defineProperty(error, "toJSON", { value, writable: true, configurable: true });
}

/** Returns a thrown value as plain data that JSON can represent. Of a foreign error, only a few texts are kept. */
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
