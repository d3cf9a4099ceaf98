import { parseArgs } from "node:util";
import { nearest } from "./nearest.js";
import { UsageError } from "./usage-error.js";

/** The names that people try for a token's flag. There is none, since others could read the token in `ps`. */
const TOKEN_FLAGS = new Set(["token", "access-token", "api-key", "apikey", "key", "bearer"]);

/** The options that all commands have. */
export const COMMON_OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  quiet: { type: "boolean", short: "q" },
};

/**
 * Parses the words after a command. The words after `--` are the command line of a program, and left as they are.
 *
 * @param {string[]} words
 * @param {import("node:util").ParseArgsConfig["options"]} options
 * @returns {{ values: Record<string, any>, positionals: string[], program: string[] | undefined }}
 */
export function parseArguments(words, options) {
  const end = words.indexOf("--");
  const own = end < 0 ? words : words.slice(0, end);
  const { tokens } = parseArgs({
    args: own,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = {};
  const positionals = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    else take(token, options, values);
  }
  return { values, positionals, program: end < 0 ? undefined : words.slice(end + 1) };
}

function take({ name, rawName, value, inlineValue }, options, values) {
  if (!Object.hasOwn(options, name)) throw unknown(name, rawName, options);
  const { type, multiple } = options[name];
  if (type === "boolean") {
    if (value !== undefined) throw new UsageError(`--${name} takes no value`);
    values[name] = true;
    return;
  }
  const looksLikeFlag = value !== undefined && !inlineValue && value.startsWith("-") && value !== "-";
  if (value === undefined || looksLikeFlag) throw new UsageError(`--${name} needs a value`);
  if (multiple) values[name] = [...(values[name] ?? []), value];
  else values[name] = value;
}

/** Returns the error for an unknown flag. It omits the flag's value, which may be a secret. */
function unknown(name, rawName, options) {
  if (TOKEN_FLAGS.has(name.toLowerCase())) {
    return new UsageError(
      `there is no flag ${rawName}: others on this machine could read the token in ps; ` +
        "put it into COVEO_ACCESS_TOKEN, or into a file for --token-file",
    );
  }
  const meant = name.length > 1 ? nearest(name, Object.keys(options)) : undefined;
  const remedy = meant ? `did you mean --${meant}?` : `there are --${Object.keys(options).join(", --")}`;
  return new UsageError(`${rawName} is not a flag; ${remedy}`);
}
