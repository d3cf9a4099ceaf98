/** The hosts of the service and the vendor's other hosts. A test must not reach these either. */
const REAL_HOST = /^https:\/\/(?:[\w-]+\.)+coveo\.com(?=[/?#]|$)/i;

/** Returns the address of a call at the emulator, or `null` for a call to another host. */
function redirected(url, origin) {
  // Parsed as fetch parses it, by the URL standard.
  const { href } = new URL(url);
  return REAL_HOST.test(href) ? href.replace(REAL_HOST, origin) : null;
}

function targetOf(input, origin) {
  const isRequest = input instanceof Request;
  try {
    const url = redirected(isRequest ? input.url : String(input), origin);
    if (url === null) return input;
    return isRequest ? new Request(url, input) : url;
  } catch {
    return input; // fetch itself reports the error best.
  }
}

/** The previous `fetch` of each interception that has ended. */
const over = new WeakMap();

/** Redirects this process's calls of `fetch` from the real hosts to `origin`, until it is disposed of. */
export function interceptFetch(origin) {
  const before = globalThis.fetch;
  // Somebody may keep this function and call it after the end. Then it only passes the call on.
  const intercepting = (input, init) =>
    before(over.has(intercepting) ? input : targetOf(input, origin), init);
  globalThis.fetch = intercepting;
  const dispose = () => {
    over.set(intercepting, before);
    // Interceptions below this one may have ended before it.
    while (over.has(globalThis.fetch)) globalThis.fetch = over.get(globalThis.fetch);
  };
  return { dispose, [Symbol.dispose]: dispose };
}
