import { readFileSync } from "node:fs";
import { UsageError } from "../usage-error.js";

/** The character that Node puts in place of invalid UTF-8. The bytes themselves are lost. */
const REPLACEMENT = "\ufffd";

/** Refuses a command line or a variable that the program would get with other bytes than were given. */
export function checkEncoding(commandLine, env) {
  const argument = commandLine.findIndex((word) => isLost(word, "cmdline"));
  if (argument >= 0) {
    throw new UsageError(
      `argument ${argument} of the program is no UTF-8, and would not arrive as it is; have a script give it, as the program`,
    );
  }
  const variable = Object.keys(env).find((name) => isLost(`${name}=${env[name]}`, "environ"));
  if (variable !== undefined) {
    throw new UsageError(
      `the variable ${variable} is no UTF-8, and would not arrive as it is; unset it, or have a script set it, as the program`,
    );
  }
}

/** The sign may also have been given as such. */
function isLost(text, place) {
  return text.includes(REPLACEMENT) && !given(place).some((bytes) => bytes.equals(Buffer.from(text)));
}

/** The words that this process was started with, as bytes; none where the system does not tell. */
function given(place) {
  try {
    const words = readFileSync(`/proc/self/${place}`, "latin1").split("\0");
    return words.map((word) => Buffer.from(word, "latin1"));
  } catch {
    return [];
  }
}
