import { request } from "node:http";

/**
 * The host's `fetch` has its own use for `queueMicrotask`: what it had queued when the fakes are taken away never runs, and
 * it never answers. This one has none.
 */
export function plainFetch(url, { method, headers, body, signal }) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, signal, agent: false }, (message) => {
      let text = "";
      message.setEncoding("utf8").on("data", (part) => (text += part));
      message.on("end", () => {
        const { statusCode: status, headers } = message;
        resolve({ status, headers: new Map(Object.entries(headers)), text: async () => text });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
