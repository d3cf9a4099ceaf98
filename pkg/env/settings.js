import { SettingsError } from "./settings-error.js";

/** The variables of the client's options. */
const VARIABLES = {
  organizationId: "COVEO_ORGANIZATION_ID",
  region: "COVEO_REGION",
  environment: "COVEO_ENVIRONMENT",
  endpoint: "COVEO_ENDPOINT",
};

/**
 * A value and its origin.
 *
 * @typedef {{ value: string, origin: string, isGiven: boolean }} Setting `isGiven` is false for a variable
 */

/**
 * Reads the organization and the place of its service, by the names of the client's options. A given value wins over its
 * variable. An empty variable counts as not set.
 *
 * @param {Record<string, string | undefined>} env
 * @param {Record<string, { value: string, origin: string } | undefined>} given by the names of the options
 * @param {string} organizationWay another way to give an organization, for the error
 * @returns {Record<string, Setting | undefined>}
 */
export function readSettings(env, given, organizationWay) {
  const settings = Object.fromEntries(
    Object.entries(VARIABLES).map(([name, variable]) => [name, setting(env, given[name], variable)]),
  );
  if (!settings.organizationId) {
    const remedy = `set ${VARIABLES.organizationId}, or give ${organizationWay}`;
    throw new SettingsError("organizationId", `no organization: ${remedy}`, remedy);
  }
  return withOnePlace(settings);
}

function setting(env, given, variable) {
  if (given) return { ...given, isGiven: true };
  // A file of variables may have been written on Windows.
  const value = env[variable]?.trim();
  return value ? { value, origin: variable, isGiven: false } : undefined;
}

/** Refuses an endpoint with a region or an environment, unless one is given and the other a variable: then the given one wins. */
function withOnePlace({ organizationId, region, environment, endpoint }) {
  const parts = [region, environment].filter((part) => part !== undefined);
  const clashing = endpoint && parts.find(({ isGiven }) => isGiven === endpoint.isGiven);
  if (clashing) {
    const remedy = "leave one of them out";
    const message = `${clashing.origin} and ${endpoint.origin} exclude each other; ${remedy}`;
    throw new SettingsError("endpoint", message, remedy);
  }
  if (endpoint?.isGiven || parts.length === 0) return { organizationId, endpoint };
  return { organizationId, region, environment };
}
