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

/** Of each interception that is over: the fetch that was there before it. */
const over = new WeakMap();

/** Brings what this process fetches from the real hosts to `origin`, until it is disposed of. */
export function interceptFetch(origin) {
  const before = globalThis.fetch;
  // Who has kept it goes on calling it when it is over; then it only passes on.
  const intercepting = (input, init) =>
    before(over.has(intercepting) ? input : targetOf(input, origin), init);
  globalThis.fetch = intercepting;
  const dispose = () => {
    over.set(intercepting, before);
    // Those below it may be over too, if they ended before it.
    while (over.has(globalThis.fetch)) globalThis.fetch = over.get(globalThis.fetch);
  };
  return { dispose, [Symbol.dispose]: dispose };
}
