import { errorAnswer, jsonAnswer } from "./answer.js";
import { bearerToken } from "./masking.js";
import { STATUS_TYPES } from "./status-type.js";

function authorizationError(headers, directory) {
  const token = bearerToken(headers.authorization);
  if (token === null) {
    const message = "the request has no Authorization header of the form 'Bearer {accessToken}'";
    return errorAnswer(401, { errorCode: "UNAUTHORIZED", message });
  }
  const key = directory.key(token);
  if (!key) return errorAnswer(401, { message: "the access token is unknown, expired or disabled" });
  if (!key.mayPush) {
    return errorAnswer(403, { message: "the access token lacks the privilege to push to sources" });
  }
  return null;
}

function organizationError({ organizationId }, directory) {
  const organization = directory.organization(organizationId);
  if (!organization) return errorAnswer(404, { message: "there is no organization with this id" });
  if (!organization.paused) return null;
  const message = "the organization is inactive and has to be reactivated";
  return errorAnswer(400, { errorCode: "ORGANIZATION_IS_PAUSED", message });
}

function isJson({ bytes }) {
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return true;
  } catch {
    return false;
  }
}

/** Neither a body nor a media type is needed; what is sent of them has to be JSON. */
function bodyError(headers, body) {
  const mediaType = headers["content-type"]?.split(";", 1)[0].trim().toLowerCase();
  const isEmpty = body.bytes.length === 0 && !body.truncated;
  if (mediaType === undefined && isEmpty) return null;
  if (mediaType !== "application/json") {
    return errorAnswer(415, { message: "the media type must be application/json" });
  }
  if (body.truncated) return errorAnswer(413, { message: "the body of a status call is '{}'" });
  if (!isEmpty && !isJson(body)) return errorAnswer(400, { message: "the body is not valid JSON" });
  return null;
}

function parameterError({ organizationId, sourceId, statusType }, directory) {
  const source = directory.source(organizationId, sourceId);
  if (!source) return errorAnswer(404, { message: "the organization has no source with this id" });
  if (!source.push) return errorAnswer(412, { message: "the source is not a Push source" });
  if (STATUS_TYPES.includes(statusType)) return null;
  return errorAnswer(412, { message: `statusType must be given once, as one of ${STATUS_TYPES.join(", ")}` });
}

/**
 * What the service answers to `POST …/status`: who asks comes before what is asked for, so that nobody without a
 * key learns which ids exist.
 */
export function statusAnswer(route, { headers, body }, directory) {
  return (
    authorizationError(headers, directory) ??
    organizationError(route, directory) ??
    bodyError(headers, body) ??
    parameterError(route, directory) ??
    jsonAnswer(201, {})
  );
}
