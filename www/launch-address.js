const LOOPBACK_HOSTS = ["127.0.0.1", "localhost"];

/**
 * Reads from the page's address what to connect to. `npm start` prints an address with
 * `#emulator=…&organization=…&source=…`. No server sees the fragment. It contains no token, because the emulator
 * accepts any.
 *
 * Only this machine can be named. Otherwise, a link from somebody else could make the page send a token elsewhere.
 *
 * @param {string} fragment `location.hash`
 * @returns {{ endpoint: string, organizationId: string, sourceIds: string[] } | null}
 */
export function launchAddress(fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const endpoint = given.get("emulator");
  const organizationId = given.get("organization");
  if (endpoint === null || organizationId === null || !isLoopback(endpoint)) return null;
  return { endpoint, organizationId, sourceIds: given.getAll("source") };
}

function isLoopback(endpoint) {
  try {
    const { protocol, hostname } = new URL(endpoint);
    return protocol === "http:" && LOOPBACK_HOSTS.includes(hostname);
  } catch {
    return false;
  }
}
