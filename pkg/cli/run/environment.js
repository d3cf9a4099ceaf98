import { UsageError } from "../usage-error.js";
import { RUN_VARIABLE } from "./shared-group.js";

/** The variables of the settings, by the names of the client's options. */
const VARIABLES = {
  organizationId: "COVEO_ORGANIZATION_ID",
  region: "COVEO_REGION",
  environment: "COVEO_ENVIRONMENT",
  endpoint: "COVEO_ENDPOINT",
};
const SOURCE_VARIABLE = "COVEO_SOURCE_ID";

/** The variable with the ids of all sources. */
const IDS_VARIABLE = "PUSH_SOURCE_ID";

/** The longest variable that Linux passes to a program, with its name and the zero at its end. */
const LONGEST_BYTES = 128 * 1024;

/** Throws if the ids of the sources would keep the program from being started, after they have become active. */
export function checkLength(sourceIds) {
  const bytes = Buffer.byteLength(`${IDS_VARIABLE}=${sourceIds.join(" ")}`) + 1;
  if (bytes <= LONGEST_BYTES) return;
  throw new UsageError(
    `the ids of ${sourceIds.length} sources are too long for the variable ${IDS_VARIABLE}, which holds 128 KiB; ` +
      "divide them among several runs",
  );
}

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
    [IDS_VARIABLE]: sourceIds.join(" "),
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
