/**
 * The error of a missing or invalid setting. Its text names the origin, and contains the hint if there is one. `argument` is the
 * option of the client.
 */
export class SettingsError extends Error {
  constructor(argument, message, hint) {
    super(message);
    this.argument = argument;
    this.hint = hint;
  }
}

/** Calls each function, and throws one error for all the settings that they refuse. */
export function readAll(...readers) {
  const refusals = [];
  const values = readers.map((read) => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      refusals.push(error);
      return undefined;
    }
  });
  if (refusals.length === 0) return values;
  const joined = (name) =>
    refusals
      .map((refusal) => refusal[name])
      .filter(Boolean)
      .join("; ");
  throw new SettingsError(refusals[0].argument, joined("message"), joined("hint") || undefined);
}
