/** The service's hosts, and its makers' other ones: what is not emulated must not reach them from a test either. */
const REAL_HOST = /^https:\/\/(?:[\w-]+\.)+coveo\.com(?=[/?#]|$)/i;

/** Where a call would go if the emulator were the service; `null` where it is none of its business. */
function redirected(url, origin) {
  // Parsed first: what a call of fetch means is what the URL standard makes of it.
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
    return input; // What is wrong with it, fetch itself says best.
  }
}

/** Brings what this process fetches from the real hosts to `origin`, until it is disposed of. */
export function interceptFetch(origin) {
  const before = globalThis.fetch;
  let active = true;
  const intercepting = (input, init) => before(active ? targetOf(input, origin) : input, init);
  globalThis.fetch = intercepting;
  const dispose = () => {
    active = false;
    // Whoever has replaced it since, goes on calling it; then it only passes on.
    if (globalThis.fetch === intercepting) globalThis.fetch = before;
  };
  return { dispose, [Symbol.dispose]: dispose };
}
