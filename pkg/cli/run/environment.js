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
 * Returns the program's environment. It describes the run and the settings in force, so that the program pushes to the
 * sources whose status is set. Flags change their variables, and remove those that contradict them.
 *
 * @param {NodeJS.ProcessEnv} env the environment of this process
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
    // A variable that is set without becoming a setting contradicts a flag.
    if (setting?.isGiven || (!setting && env[variable])) put(variable, setting?.value);
  }
  if (more.length > 0 || env[SOURCE_VARIABLE] !== sourceId)
    put(SOURCE_VARIABLE, more.length > 0 ? undefined : sourceId);
  return seen;
}
