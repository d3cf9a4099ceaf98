import { text } from "node:stream/consumers";
import { tokenFromFile, tokenFromVariables, withoutSpaceAround } from "../env/access-token.js";
import { asUsage } from "./settings.js";
import { isStandardInput } from "./standard-input.js";
import { UsageError } from "./usage-error.js";

/** A placeholder for the token of a client that sends nothing. */
const NO_TOKEN = "no-token";

/**
 * Reads the access token from a file or a variable. A flag would show it to others in `ps`.
 *
 * @param {{ secrets: import("./output.js").Secrets, inputTakenBy?: string, isNeeded?: boolean }} context
 *   `inputTakenBy` names the other reader of the standard input, if there is one
 * @returns {Promise<import("../env/access-token.js").Token>}
 */
export async function readAccessToken(flags, env, { secrets, inputTakenBy, isNeeded = true }) {
  const file = flags["token-file"];
  if (!file) return fromVariables(env, secrets, isNeeded);
  if (isStandardInput(file)) return fromStandardInput(file, secrets, inputTakenBy);
  return asUsage(() => tokenFromFile(file, "--token-file", (token) => secrets.add(token)));
}

async function fromStandardInput(file, secrets, inputTakenBy) {
  if (inputTakenBy) {
    throw new UsageError(
      `--token-file ${file} would read the standard input, which is read by ${inputTakenBy}; name a file`,
    );
  }
  const token = withoutSpaceAround(await text(process.stdin));
  secrets.add(token);
  return { first: token, accessToken: token, origin: "the standard input" };
}

function fromVariables(env, secrets, isNeeded) {
  const token = tokenFromVariables(env);
  if (token) {
    secrets.add(token.first);
    return token;
  }
  const missing = "no access token: set COVEO_ACCESS_TOKEN, or give --token-file FILE";
  if (isNeeded) throw new UsageError(missing);
  return { first: NO_TOKEN, accessToken: NO_TOKEN, origin: "nowhere", warning: missing };
}
