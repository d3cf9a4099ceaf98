import { request } from "node:http";

/**
 * Fetches without `queueMicrotask`. The host's `fetch` uses it. What `fetch` has queued when the fakes are removed
 * never runs, so it would never answer.
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
