import { readFileSync } from "node:fs";
import { UsageError } from "../usage-error.js";

/** The character that Node substitutes for invalid UTF-8, whose bytes are lost. */
const REPLACEMENT = "\ufffd";

/** Throws if a command line or a variable would not reach the program with its original bytes. */
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

/** Returns whether a text has lost bytes. It may also contain the replacement character on purpose. */
function isLost(text, place) {
  return text.includes(REPLACEMENT) && !given(place).some((bytes) => bytes.equals(Buffer.from(text)));
}

/** Returns the bytes of this process's arguments or variables, or nothing on systems without /proc. */
function given(place) {
  try {
    const words = readFileSync(`/proc/self/${place}`, "latin1").split("\0");
    return words.map((word) => Buffer.from(word, "latin1"));
  } catch {
    return [];
  }
}
