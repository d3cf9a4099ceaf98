import { refuse } from "./refusal.js";

/** The longest body of a call without content, in bytes. It may be `{}`. */
const LONGEST_EMPTY_BODY_BYTES = 64 * 1024;

/** Parses JSON, or throws a refusal. Tokens in the text are masked. */
export function parsedJson(bytes, { maskTokens }, what) {
  try {
    return JSON.parse(maskTokens(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch {
    return refuse(400, `${what} is not valid JSON`);
  }
}

export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function requireJsonType({ headers }) {
  const mediaType = headers["content-type"]?.split(";", 1)[0].trim().toLowerCase();
  if (mediaType !== "application/json") refuse(415, "the media type must be application/json");
}

/** Checks a call without content. A body and a media type are optional, and have to be JSON. */
export function requireNoContent(call) {
  const { headers, body } = call;
  const isEmpty = body.bytes.length === 0;
  if (headers["content-type"] === undefined && isEmpty) return;
  requireJsonType(call);
  if (body.truncated || body.bytes.length > LONGEST_EMPTY_BODY_BYTES) {
    refuse(413, "the body of this call is '{}'");
  }
  if (!isEmpty) parsedJson(body.bytes, call, "the body");
}

/** Parses the JSON object in the body of a call. */
export function requiredObject(call) {
  requireJsonType(call);
  if (call.body.truncated) refuse(413, "the body of an item is at most 6 MB; a file container takes 256 MB");
  const value = parsedJson(call.body.bytes, call, "the body");
  return isObject(value) ? value : refuse(400, "the body is no JSON object");
}
