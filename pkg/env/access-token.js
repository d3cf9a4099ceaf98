import { readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { SettingsError } from "./settings-error.js";

/**
 * An access token and its origin.
 *
 * @typedef {{ first: string, accessToken: string | (() => Promise<string>), origin: string, warning?: string,
 *   isRenewed?: () => Promise<boolean> }} Token `first` is the token now; `accessToken` is the option of the client;
 *   `isRenewed`, of a token that can change, returns whether there is another one than was given last
 */

/**
 * Reads the token from a file. The file is read again whenever the client asks: before it sends, and after a refusal.
 *
 * @param {string} file
 * @param {string} option the name under which the file was given
 * @param {(token: string) => void} [onToken] called with each token that is read
 * @returns {Token}
 */
export function tokenFromFile(file, option, onToken = () => {}) {
  let token = readNow(file);
  onToken(token);
  const accessToken = async () => {
    token = (await readAgain(file)) || token;
    onToken(token);
    return token;
  };
  const isRenewed = async () => ![token, ""].includes(await readAgain(file));
  return {
    first: token,
    accessToken,
    origin: `${option} ${file}`,
    isRenewed: isFile(file) ? isRenewed : undefined,
  };
}

/** Reads the token from a variable. Returns `undefined` if none is set. */
export function tokenFromVariables({ COVEO_ACCESS_TOKEN: own, COVEO_API_KEY: key }) {
  if (!own && !key) return undefined;
  const [value, origin] = own ? [own, "COVEO_ACCESS_TOKEN"] : [key, "COVEO_API_KEY"];
  const token = withoutSpaceAround(value);
  const differ = own && key && withoutSpaceAround(key) !== token;
  const warning = differ
    ? "COVEO_ACCESS_TOKEN and COVEO_API_KEY are both set, and differ; COVEO_ACCESS_TOKEN is used"
    : undefined;
  return { first: token, accessToken: token, origin, warning };
}

/**
 * Removes white space, line ends and a byte order mark around a token. Editors, Windows and secret managers add them, and no
 * token contains them.
 */
export function withoutSpaceAround(value) {
  return value.trim();
}

function readNow(file) {
  try {
    return withoutSpaceAround(readFileSync(file, "utf8"));
  } catch (error) {
    const remedy = "check its path and its mode";
    const message = `the token file ${file} cannot be read (${error.code}); ${remedy}`;
    throw new SettingsError("accessToken", message, remedy);
  }
}

/** Returns "" if the file is missing now: then the refusal of the service is the better error. */
async function readAgain(file) {
  try {
    return isFile(file) ? withoutSpaceAround(await readFile(file, "utf8")) : "";
  } catch {
    return "";
  }
}

/** A pipe is none: it gives its content once, and holds up whoever reads it again. */
function isFile(path) {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
