import { bearerToken } from "./masking.js";
import { refuse } from "./refusal.js";

/**
 * Admits the caller, or throws a refusal. The token is checked before the ids, so that nobody without a key learns which
 * ids exist.
 */
export function admitCaller({ organizationId, headers }, directory) {
  const token = bearerToken(headers.authorization);
  if (token === null) {
    refuse(401, "the request has no Authorization header of the form 'Bearer {accessToken}'", "UNAUTHORIZED");
  }
  const key = directory.key(token);
  if (!key) refuse(401, "the access token is unknown, expired or disabled");
  if (!key.mayPush) refuse(403, "the access token lacks the privilege to push to sources");

  const organization = directory.organization(organizationId);
  if (!organization) refuse(404, "there is no organization with this id");
  if (organization.paused) {
    refuse(400, "the organization is inactive and has to be reactivated", "ORGANIZATION_IS_PAUSED");
  }
}

/** Finds the source, or throws a refusal. */
export function admitSource({ organizationId, sourceId }, directory) {
  const source = directory.source(organizationId, sourceId);
  if (!source) refuse(404, "the organization has no source with this id");
  if (!source.push) refuse(412, "the source is not a Push source");
}
