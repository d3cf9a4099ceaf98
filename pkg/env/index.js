/** Makes clients from the settings of the command. */
import { StatusError } from "push-source-status";
import { tokenFromFile, tokenFromVariables } from "./access-token.js";
import { clientOf } from "./client.js";
import { readSettings } from "./settings.js";
import { readAll, SettingsError } from "./settings-error.js";

/** Makes a client from variables and options: see the declaration. */
export function clientFromEnv({ env = process.env, tokenFile, ...options } = {}) {
  try {
    const [settings, token] = readAll(
      () => readSettings(env, given(options), "organizationId"),
      () => readToken(env, tokenFile, options.accessToken),
    );
    if (token.warning) process.emitWarning(token.warning, "PushSourceStatusWarning");
    return clientOf(settings, token, options);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const { argument, message, hint } = error;
    throw new StatusError({
      message,
      code: "invalid_argument",
      argument,
      hint,
      attempts: 0,
      outcome: "not_applied",
    });
  }
}

/** Converts options to settings without an origin: the client's errors name them already. */
function given(options) {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, { value }]));
}

function readToken(env, tokenFile, accessToken) {
  if (tokenFile !== undefined && accessToken !== undefined) {
    const remedy = "leave one of them out";
    throw new SettingsError("accessToken", `accessToken and tokenFile exclude each other; ${remedy}`, remedy);
  }
  if (accessToken !== undefined) return { accessToken };
  if (tokenFile !== undefined) return tokenFromFile(tokenFile, "tokenFile");
  const token = tokenFromVariables(env);
  if (token) return token;
  const remedy = "set COVEO_ACCESS_TOKEN, or give tokenFile";
  throw new SettingsError("accessToken", `no access token: ${remedy}`, remedy);
}
