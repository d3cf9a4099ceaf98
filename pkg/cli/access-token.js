import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { isStandardInput } from "./standard-input.js";
import { UsageError } from "./usage-error.js";

/** In place of a token, for a client that is going to send nothing. */
const NO_TOKEN = "no-token";

/**
 * The access token, from a file or a variable and never from a flag.
 *
 * @param {{ secrets: import("./output.js").Secrets, inputTakenBy?: string, isNeeded?: boolean }} context
 *   `inputTakenBy` says who reads the standard input, if somebody does
 * @returns {Promise<{ first: string, accessToken: string | (() => Promise<string>), origin: string, warning?: string }>}
 *   `first` is the token as it is now
 */
export async function readAccessToken(flags, env, { secrets, inputTakenBy, isNeeded = true }) {
  const file = flags["token-file"];
  const token = file ? await fromFile(file, secrets, inputTakenBy) : fromVariables(env, isNeeded);
  if (token.first !== NO_TOKEN) secrets.add(token.first);
  return token;
}

async function fromFile(file, secrets, inputTakenBy) {
  if (!isStandardInput(file)) return fromNamedFile(file, secrets);
  if (inputTakenBy) {
    throw new UsageError(
      `--token-file ${file} would read the standard input, which is read by ${inputTakenBy}; name a file`,
    );
  }
  const token = withoutNewline(await text(process.stdin));
  return { first: token, accessToken: token, origin: "the standard input" };
}

function fromNamedFile(file, secrets) {
  let token = readNow(file);
  let isFirst = true;
  // Asked a second time when the service has refused what it gave: by then the file may hold a new one.
  const accessToken = async () => {
    if (!isFirst) {
      const reread = await readFile(file, "utf8").catch(() => "");
      // A pipe gives its content once. Then the service's own refusal says more than an empty token would.
      token = withoutNewline(reread) || token;
      secrets.add(token);
    }
    isFirst = false;
    return token;
  };
  return { first: token, accessToken, origin: `--token-file ${file}` };
}

function readNow(file) {
  try {
    return withoutNewline(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(
      `the token file ${file} cannot be read (${error.code}); check its path and its mode`,
    );
  }
}

function fromVariables(env, isNeeded) {
  const { COVEO_ACCESS_TOKEN: own, COVEO_API_KEY: key } = env;
  if (!own && !key) {
    const missing = "no access token: set COVEO_ACCESS_TOKEN, or give --token-file FILE";
    if (isNeeded) throw new UsageError(missing);
    return { first: NO_TOKEN, accessToken: NO_TOKEN, origin: "nowhere", warning: missing };
  }
  const [value, origin] = own ? [own, "COVEO_ACCESS_TOKEN"] : [key, "COVEO_API_KEY"];
  const token = withoutNewline(value);
  const differ = own && key && withoutNewline(key) !== token;
  const warning = differ
    ? "COVEO_ACCESS_TOKEN and COVEO_API_KEY are both set, and differ; COVEO_ACCESS_TOKEN is used"
    : undefined;
  return { first: token, accessToken: token, origin, warning };
}

/** Editors and `echo` end a file with a newline that is no part of the token. */
function withoutNewline(value) {
  return value.replace(/\r?\n$/, "");
}
