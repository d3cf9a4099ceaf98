import { readSettings as read } from "../env/settings.js";
import { SettingsError } from "../env/settings-error.js";
import { UsageError } from "./usage-error.js";

/** The flags for the destination of requests and the token, for the commands that send requests. */
export const CONNECTION_OPTIONS = {
  organization: { type: "string" },
  region: { type: "string" },
  environment: { type: "string" },
  endpoint: { type: "string" },
  "insecure-http": { type: "boolean" },
  "token-file": { type: "string" },
};

/** The flags, by the names of the client's options. */
const FLAGS = {
  organizationId: "organization",
  region: "region",
  environment: "environment",
  endpoint: "endpoint",
};

/** The library's hint that names an option, and the same with the flag. */
const INSECURE_HINT = ["unless insecureHttp is true", "unless --insecure-http is given"];

/** Returns the organization and the place of its service, each with its origin. Empty flags are ignored. */
export function readSettings(flags, env) {
  const given = Object.entries(FLAGS)
    .filter(([, flag]) => flags[flag])
    .map(([name, flag]) => [name, { value: flags[flag], origin: `--${flag}` }]);
  const settings = asUsage(() => read(env, Object.fromEntries(given), "--organization ID"));
  const insecureHttp = { value: flags["insecure-http"], origin: "--insecure-http" };
  return { ...settings, insecureHttp };
}

/** Reads settings, and turns an invalid one into a usage error. */
export function asUsage(read) {
  try {
    return read();
  } catch (error) {
    throw error instanceof SettingsError ? new UsageError(error.message.replace(...INSECURE_HINT)) : error;
  }
}
