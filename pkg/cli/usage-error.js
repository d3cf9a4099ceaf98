/** A mistake in the command line or the settings. Its text names the problem and the remedy. Nothing was sent. */
export class UsageError extends Error {}

/** Calls all functions in turn, and throws a single error with all the mistakes that they find. */
export async function readAll(...readers) {
  const values = [];
  const mistakes = [];
  for (const read of readers) {
    try {
      values.push(await read());
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      mistakes.push(error.message);
    }
  }
  if (mistakes.length > 0) throw new UsageError(mistakes.join("\n"));
  return values;
}
