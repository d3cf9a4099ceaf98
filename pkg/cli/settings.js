import { readSettings as read } from "../env/settings.js";
import { SettingsError } from "../env/settings-error.js";
import { UsageError } from "./usage-error.js";

/** The flags that say where requests go, for the commands that send some. */
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

/** The organization and the place of its service, each with its origin; an empty flag counts as not given. */
export function readSettings(flags, env) {
  const given = Object.entries(FLAGS)
    .filter(([, flag]) => flags[flag])
    .map(([name, flag]) => [name, { value: flags[flag], origin: `--${flag}` }]);
  const settings = asUsage(() => read(env, Object.fromEntries(given), "--organization ID"));
  const insecureHttp = { value: flags["insecure-http"], origin: "--insecure-http" };
  return { ...settings, insecureHttp };
}

/** A setting that is wrong is a mistake of the one who typed the command. */
export function asUsage(read) {
  try {
    return read();
  } catch (error) {
    throw error instanceof SettingsError ? new UsageError(error.message) : error;
  }
}
