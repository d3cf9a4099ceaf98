/** A mistake of the one who typed the command. Its text says what is wrong and what to do; nothing was sent. */
export class UsageError extends Error {}

/** Calls each function in turn, and throws one error that names all the mistakes that they find. */
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
