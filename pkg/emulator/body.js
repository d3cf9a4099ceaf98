import { refuse } from "./refusal.js";

/** A call that carries no content may carry `{}`; nothing that is longer than this. */
const LONGEST_EMPTY_BODY_BYTES = 64 * 1024;

/** Text as JSON, or the refusal. Tokens that went astray in it are masked. */
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

/** Neither a body nor a media type is needed; what is sent of them has to be JSON. */
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

/** The JSON object that the call carries. */
export function requiredObject(call) {
  requireJsonType(call);
  if (call.body.truncated) refuse(413, "the body of an item is at most 6 MB; a file container takes 256 MB");
  const value = parsedJson(call.body.bytes, call, "the body");
  return isObject(value) ? value : refuse(400, "the body is no JSON object");
}
