const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 };

const USUAL_COLUMNS = 80;

/** Returns one function for each style. They change nothing off a terminal, or if the user wants no colour. */
export function paintFor(output, env) {
  const isWanted = output.isTerminal && !env.NO_COLOR && env.TERM !== "dumb";
  const painters = Object.entries(STYLES).map(([name, code]) => [
    name,
    (text) => (isWanted ? `\x1b[${code}m${text}\x1b[0m` : text),
  ]);
  return Object.fromEntries(painters);
}

/**
 * Returns the width of a terminal. Not for `run`: it uses `process.stdout`, which changes the mode of the file behind
 * it.
 */
export function columnsOf(output) {
  return (output.isTerminal && process.stdout.columns) || USUAL_COLUMNS;
}

/** Returns a text from outside without characters that could control a terminal. */
export function printable(text) {
  return text.replace(/\p{Cc}/gu, "\ufffd");
}
