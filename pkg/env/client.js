import { StatusClient, StatusError } from "push-source-status";
import { SettingsError } from "./settings-error.js";

/**
 * Makes a client from settings, a token and other options. An error about a setting names its origin.
 *
 * @param {ReturnType<typeof import("./settings.js").readSettings>} settings
 * @param {import("./access-token.js").Token} token
 * @param {object} [options]
 */
export function clientOf(settings, token, options) {
  // The client checks a token from a function only when it sends: too late for an error about a setting.
  if (token.first !== undefined) made(settings, { ...token, accessToken: token.first }).free();
  return made(settings, token, options);
}

function made(settings, token, options) {
  const values = Object.entries(settings).map(([name, setting]) => [name, setting?.value]);
  try {
    return new StatusClient({ ...options, ...Object.fromEntries(values), accessToken: token.accessToken });
  } catch (error) {
    const origins = { ...settings, accessToken: token };
    const origin = error instanceof StatusError ? origins[error.argument]?.origin : undefined;
    throw origin ? new SettingsError(error.argument, `${error.message} (from ${origin})`, error.hint) : error;
  }
}
