import { STATUS_CODES } from "node:http";

/** The error code that public documents show for each HTTP status. A fault may name another. */
const DOCUMENTED_CODES = new Map([
  [400, "INVALID_JSON"],
  [401, "INVALID_TOKEN"],
  [403, "ACCESS_DENIED"],
  [429, "TOO_MANY_REQUESTS"],
]);

/** The statuses of a gateway in front of the service. Its answer is a page, not JSON. */
export const GATEWAY_STATUSES = Object.freeze([502, 503, 504]);

/** The statuses whose answer has no body. */
export const BODILESS_STATUSES = Object.freeze([204, 205, 304]);

function reasonPhrase(httpStatus) {
  return STATUS_CODES[httpStatus] ?? `HTTP ${httpStatus}`;
}

/**
 * Public documents name no code for some statuses. Then the code is the reason phrase of HTTP: an error body always has its
 * two fields, and no code of the service is invented.
 */
function errorCodeOf(httpStatus) {
  const phrase = reasonPhrase(httpStatus)
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_");
  return DOCUMENTED_CODES.get(httpStatus) ?? phrase;
}

/** An answer as data: `{ httpStatus, headers, body }`. The server adds the CORS headers. */
export function jsonAnswer(httpStatus, value, headers = {}) {
  return {
    httpStatus,
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(value),
  };
}

export function emptyAnswer(httpStatus, headers = {}) {
  return { httpStatus, headers, body: "" };
}

export function errorAnswer(httpStatus, { errorCode, message, headers } = {}) {
  const body = {
    errorCode: errorCode ?? errorCodeOf(httpStatus),
    message: message ?? reasonPhrase(httpStatus),
  };
  return jsonAnswer(httpStatus, body, headers);
}

/** An error of the store that holds the file containers. */
export function xmlAnswer(httpStatus, element) {
  return {
    httpStatus,
    headers: { "Content-Type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${element}\n`,
  };
}

export function gatewayAnswer(httpStatus, headers = {}) {
  const title = `${httpStatus} ${reasonPhrase(httpStatus)}`;
  return {
    httpStatus,
    headers: { "Content-Type": "text/html; charset=utf-8", ...headers },
    body: `<!doctype html>\n<title>${title}</title>\n<h1>${title}</h1>\n`,
  };
}
