/** The one error class of the package: what its fields mean stands in the declarations. */
export class StatusError extends Error {
  constructor(message, { cause, ...fields }) {
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
