import { RUN_VARIABLE } from "./shared-group.js";

/** The variables of the settings, by the names of the client's options. */
const VARIABLES = {
  organizationId: "COVEO_ORGANIZATION_ID",
  region: "COVEO_REGION",
  environment: "COVEO_ENVIRONMENT",
  endpoint: "COVEO_ENDPOINT",
};
const SOURCE_VARIABLE = "COVEO_SOURCE_ID";

/**
 * What the program sees: which run it is in, and the settings that are in force, so that it pushes where the status is set.
 * A flag changes its variable, and what contradicts it is unset; all else is left as it is.
 *
 * @param {NodeJS.ProcessEnv} env of this process
 * @param {{ statusType: string, sourceIds: string[], runId: string, keepsEnv: boolean }} task
 * @param {Record<string, { value?: string, isGiven?: boolean } | undefined>} settings
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentOf(env, { statusType, sourceIds, runId, keepsEnv }, settings) {
  return {
    ...(keepsEnv ? env : inForce(env, sourceIds, settings)),
    PUSH_SOURCE_STATUS: statusType,
    PUSH_SOURCE_ID: sourceIds.join(" "),
    [RUN_VARIABLE]: runId,
  };
}

function inForce(env, [sourceId, ...more], settings) {
  const seen = { ...env };
  const put = (variable, value) => {
    if (value === undefined) delete seen[variable];
    else seen[variable] = value;
  };
  for (const [name, variable] of Object.entries(VARIABLES)) {
    const setting = settings[name];
    // Without a setting of its own, a variable that is set stands for what a flag has ruled out.
    if (setting?.isGiven || (!setting && env[variable])) put(variable, setting?.value);
  }
  if (more.length > 0 || env[SOURCE_VARIABLE] !== sourceId)
    put(SOURCE_VARIABLE, more.length > 0 ? undefined : sourceId);
  return seen;
}
