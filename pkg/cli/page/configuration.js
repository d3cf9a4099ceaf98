import { isRegion } from "push-source-status";
import { UsageError } from "../usage-error.js";

const NAMES = ["organizationId", "region", "sources"];

/**
 * Checks the list of organizations that the page offers. Every visitor can read it, so other members are refused.
 *
 * @param {string} text
 * @param {string} path the file's path, for error messages
 */
export function pageConfiguration(text, path) {
  const refuse = (problem) => {
    throw new UsageError(`--config ${path}: ${problem}`);
  };
  let value;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    refuse("it is not JSON");
  }
  if (!Array.isArray(value?.organizations)) refuse('it has no list "organizations"');
  const foreign = Object.keys(value).filter((name) => name !== "organizations");
  if (foreign.length > 0) refuse(`"${foreign[0]}" does not belong there`);
  for (const organization of value.organizations) {
    if (typeof organization?.organizationId !== "string") refuse('an organization has no "organizationId"');
    for (const name of Object.keys(organization)) {
      if (!NAMES.includes(name)) refuse(`"${name}" does not belong there; there are ${NAMES.join(", ")}`);
    }
    const { organizationId, region, sources = [] } = organization;
    if (region !== undefined && !isRegion(region))
      refuse(`the region of ${organizationId} is not known; use us, ca, eu or au`);
    if (!Array.isArray(sources) || !sources.every((source) => typeof source?.id === "string"))
      refuse(`the sources of ${organizationId} are not a list of { "id", "name" }`);
  }
  return { organizations: value.organizations };
}
