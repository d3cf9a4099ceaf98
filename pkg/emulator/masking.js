const MASK = "****";

/** A shorter text is more likely to be a word of the URL than a misplaced token. */
const SHORTEST_STRAY_TOKEN = 8;

const SECRET_HEADERS = new Set(["authorization", "proxy-authorization", "cookie", "x-api-key"]);
const SECRET_PARAMETER = /([?&](?:access_?token|api_?key|token)=)[^&]*/gi;

/** Returns the token of an `Authorization` header, or `null` if the header has no usable one. */
export function bearerToken(authorization) {
  return /^Bearer +([\x21-\x7e]+)$/i.exec(authorization ?? "")?.[1] ?? null;
}

function maskedCredentials(value) {
  const [, scheme, credentials] = /^(bearer|basic)(?: +(.*))?$/i.exec(value) ?? [];
  if (scheme === undefined) return value === "" ? "" : MASK;
  return credentials ? `${scheme} ${MASK}` : scheme;
}

/**
 * Returns a function that masks tokens in a text: the declared ones, and the one of this request. They may be misplaced
 * anywhere: in an id, in the query, in the body.
 */
export function tokenMaskFor(declaredTokens, authorization) {
  const secrets = [...declaredTokens, ...(authorization ?? "").split(/\s+/)]
    .filter((secret) => secret.length >= SHORTEST_STRAY_TOKEN)
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    // The longest first: a token may be the beginning of another one.
    .sort((one, other) => other.length - one.length);
  return (text) => {
    let masked = text;
    for (const secret of secrets) masked = masked.replaceAll(secret, MASK);
    return masked;
  };
}

/** The same for a text of the log, where anything that looks like a secret is masked too. */
export function maskFor(maskTokens) {
  return (text) => maskTokens(text.replace(SECRET_PARAMETER, `$1${MASK}`));
}

export function maskedHeaders(headers, mask) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const text = String(value);
      return [name, SECRET_HEADERS.has(name) ? maskedCredentials(text) : mask(text)];
    }),
  );
}
