import { STATUS_CODES } from "node:http";

/** The error codes that public documents show for an HTTP status, where a fault names none of its own. */
const DOCUMENTED_CODES = new Map([
  [400, "INVALID_JSON"],
  [401, "INVALID_TOKEN"],
  [403, "ACCESS_DENIED"],
  [429, "TOO_MANY_REQUESTS"],
]);

/** Statuses that a gateway in front of the service answers, as a page and not as the service's JSON. */
export const GATEWAY_STATUSES = Object.freeze([502, 503, 504]);

/** Statuses whose answer ends after the headers. */
export const BODILESS_STATUSES = Object.freeze([204, 205, 304]);

function reasonPhrase(httpStatus) {
  return STATUS_CODES[httpStatus] ?? `HTTP ${httpStatus}`;
}

/**
 * Public documents name no code for some statuses. The reason phrase of HTTP stands in for it, so that an error
 * body always has its two fields and no code of the service is made up.
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

/** As the store of the file containers answers. */
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
