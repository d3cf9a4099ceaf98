const LOOPBACK_HOSTS = ["127.0.0.1", "localhost"];

/**
 * What the page's address says to connect to: `npm start` prints one with `#emulator=…&organization=…&source=…`. It is
 * in the fragment, which no server sees, and it has no token in it: the emulator takes any.
 *
 * Only this machine can be named. Otherwise a link made by somebody else could have the page send a token elsewhere.
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
