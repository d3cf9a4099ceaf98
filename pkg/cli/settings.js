import { UsageError } from "./usage-error.js";

/** The flags that say where requests go, for the commands that send some. */
export const CONNECTION_OPTIONS = {
  organization: { type: "string" },
  region: { type: "string" },
  endpoint: { type: "string" },
  "token-file": { type: "string" },
};

/**
 * What a flag says, or else a variable, and which of the two it was; what is empty counts as not given.
 *
 * @returns {{ value: string, origin: string } | undefined}
 */
export function setting(flags, env, flag, variable) {
  if (flags[flag]) return { value: flags[flag], origin: `--${flag}` };
  if (env[variable]) return { value: env[variable], origin: variable };
  return undefined;
}

/** The organization and the place of its service, each with its origin, by the names of the client's options. */
export function readSettings(flags, env) {
  const organizationId = setting(flags, env, "organization", "COVEO_ORGANIZATION_ID");
  if (!organizationId) {
    throw new UsageError("no organization: set COVEO_ORGANIZATION_ID, or give --organization ID");
  }
  return { organizationId, ...readPlace(flags, env) };
}

/** A region and an endpoint exclude each other, unless one is a flag and the other a variable: the flag wins. */
function readPlace(flags, env) {
  const region = setting(flags, env, "region", "COVEO_REGION");
  const endpoint = setting(flags, env, "endpoint", "COVEO_ENDPOINT");
  if (!region || !endpoint) return { region, endpoint };
  if (isFlag(region) === isFlag(endpoint)) {
    throw new UsageError(`${region.origin} and ${endpoint.origin} exclude each other; leave one of them out`);
  }
  return isFlag(region) ? { region } : { endpoint };
}

function isFlag({ origin }) {
  return origin.startsWith("--");
}
